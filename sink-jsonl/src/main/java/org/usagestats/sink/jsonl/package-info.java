/**
 * The JSON Lines sink: a directory of append-only files that keeps every acknowledged report.
 *
 * <h2>Files</h2>
 *
 * <pre>
 * dt=2026-02-28/web1-000001.jsonl.gz      a segment that was compressed
 * dt=2026-03-01/web1-000002.jsonl         a segment: the reports of one UTC day, by one instance
 * dt=2026-03-02/web1-000003.jsonl
 * dt=2026-03-02/web2-000001.jsonl         another collector on the same directory
 * dt=2025-07-14/import-9f86d081884c7d659a2feaa0c55ad015.jsonl   reports that were imported, named by a hash of its lines
 * _usagestats/imports/   what an import has not finished, and its lock
 * _usagestats/web1.lock                   held while the instance runs; names its process
 * _usagestats/erasures/1794312000005-….list   what one request has erased; deleted after 31 days
 * _usagestats/erasures/lock               held while segments are rewritten
 * _usagestats/derived/2026-03-01.web1-000002.jsonl.keys   by what the reports of a sealed segment are erased
 * _usagestats/derived/2026-03-01.web1-000002.jsonl.ids    by what the reports of a sealed segment are recognised
 * _usagestats/derived/2026-03-01.web1-000002.jsonl.columns   the reports of a sealed segment by columns, for questions
 * _usagestats/derived/ids.key             the key under which they are
 * _usagestats/quarantine/web1-000001.jsonl.8190.tail   what a crash left behind the last whole line
 * </pre>
 *
 * <p>A segment's name is its instance, a hyphen and a sequence number of at least six digits that grows over all days. Only its
 * instance ever adds to a segment, only at its end, and only in the run that created it: a restart goes on in a new
 * segment, so that nothing is built on what an earlier run, or a disk that failed under it, may have left.
 *
 * <h2>Erasure</h2>
 *
 * <p>The newest segment of an instance may be open; all others are sealed. A sealed segment is only ever replaced as a whole,
 * by itself without the reports that were erased. Instances take turns at that by the lock, and also rewrite the newest
 * segment of an instance that does not run, while they hold a lock on a byte of its lock file.
 *
 * <p>A list names a report by two hashes, so that it says nothing about it: two numbers of 32 hexadecimal digits, which are
 * the first half of SHA-256 over the id and erase hash, and over the id alone; then the CRC-32C of the line so far. What is
 * derived for erasing holds the first of these for each report that can be erased.
 *
 * <h2>Derived files</h2>
 *
 * <p>What is derived from a sealed segment names the segment's length and time of change, so that it is out of date once the
 * segment is replaced. All of it can be deleted at any time, and is made anew: the ids within a second of the sealing, or
 * when a collector starts, since a start reads them in place of the segments of the last 30 days.
 *
 * <h2>Compressed segments</h2>
 *
 * <p>If the operator wants it, sealed segments are compressed in the background (gzip, RFC 1952, one member), byte for byte, damaged
 * lines included; what was put there by hand is not. The compressed file is synced and read back before it gets its name, and only
 * then the plain one is deleted. Where a crash has left both, the plain one holds and the next start deletes the other. Erasing
 * rewrites a compressed segment compressed. Every collector and tool reads both forms, whatever its options say.
 *
 * <p>What precedes the damage in a compressed segment that is damaged or cut off is served, less the last 8 KiB at the most; what
 * follows counts as one damaged line, and is not kept when reports are erased from that segment.
 *
 * <h2>Questions</h2>
 *
 * <p>Questions are answered from columns. Those of a segment are made in the background once it is sealed, or when a question
 * needs them; those of the newest segments are kept in memory, and each question adds what was written since the last. What has no
 * column ({@link org.usagestats.sink.columns} says what) is answered by looking at every report of the log: slower, but the same.
 *
 * <h2>Retention</h2>
 *
 * <p>If the operator says for how long reports are kept, sealed segments go as a whole by the day of their directory, what is
 * derived from them first. The newest of each instance stays. Age is counted from the newest day on which reports were
 * received, or from today if that is earlier; while the last seven such days span more than two weeks, from the first of the
 * seven. So a clock that leaps to 2099 deletes nothing until reports were received on seven days there, and nothing is
 * deleted before there are seven days.
 *
 * <h2>Lines</h2>
 *
 * <p>A line is the report's canonical JSON object with one more member at its end, then a line feed:
 *
 * <pre>
 * {"report_id":"…","server_time":"…","version":"1.0","crc32c":"1c291ca3"}
 * </pre>
 *
 * <p>The checksum is the CRC-32C (RFC 3720, B.4) of the bytes of the line before <code>,"crc32c"</code>, in eight lower-case
 * hexadecimal digits. A line without LF, longer than 8 MiB or whose checksum does not hold is damaged: it is counted,
 * skipped and left as it is. A file {@code dt=<day>/<name>.jsonl} (or {@code .jsonl.gz}) that is not named like a segment was put there by hand:
 * its lines may lack the checksum.
 */
@NullMarked
package org.usagestats.sink.jsonl;

import org.jspecify.annotations.NullMarked;
