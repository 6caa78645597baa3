// Writes each report as a line and syncs it before the answer.
const fs = require('fs');
const http = require('http');

const [port, file] = process.argv.slice(2);
const out = fs.openSync(file, 'a');
http.createServer((request, response) => {
  const parts = [];
  request.on('data', part => parts.push(part));
  request.on('end', () => {
    const record = { report_id: request.headers['usagestats-report-id'] };
    for (const line of Buffer.concat(parts).toString().split('\n')) {
      const colon = line.indexOf(':');
      if (colon > 0) record[line.slice(0, colon)] = line.slice(colon + 1);
    }
    fs.writeSync(out, JSON.stringify(record) + '\n');
    fs.fdatasyncSync(out);
    response.writeHead(200, { 'Content-Length': 6 });
    response.end('stored');
  });
}).listen(Number(port), '127.0.0.1');
