-- Reports of 600 bytes, each with an id of its own, as this project's client sends them.

local format = string.format
local head = "POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: text/plain; charset=utf-8\r\n"
    .. "Content-Length: 600\r\nUsagestats-Report-Id: "
local rests = {}
local counter = 0

local function body(number)
    local text = format("date:1794312000.%03d\nuser:0f5e3a52-6f0c-4f0f-9d15-7c1f3c1f%04x\n", number, number)
        .. "version:1.4." .. number .. "\nprogram:cool-program\nwhat:Ran the program\n"
        .. "architecture:amd64\ndistribution:debian 12\nsystem:Linux;6.1.0\njava:17;0;15;Debian\nsession_time:1.234\n"
    return text .. "filler:" .. string.rep("x", 600 - #text - 8) .. "\n"
end

function init(arguments)
    local random = io.open("/dev/urandom", "rb")
    head = head .. format("%02x%02x%02x%02x-%02x%02x-4000-8000-", random:read(6):byte(1, 6))
    random:close()
    for number = 1, 64 do
        rests[number] = "\r\n\r\n" .. body(number)
    end
end

function request()
    counter = counter + 1
    return head .. format("%012x", counter) .. rests[counter % 64 + 1]
end

function done(summary, latency, requests)
    local errors = summary.errors
    io.write(format("slice %d %d %d %d %d\n", summary.requests, summary.duration,
        errors.connect + errors.read + errors.write + errors.status + errors.timeout,
        latency:percentile(50), latency:percentile(99)))
end
