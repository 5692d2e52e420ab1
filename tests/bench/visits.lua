-- For wrk: asks for each address in a file, one after the other, and tells at the end what came of it, in one line of JSON.
-- wrk … -s visits.lua URL -- FILE

local requests, last = {}, 0

function init(args)
  for path in io.lines(args[1]) do
    requests[#requests + 1] = wrk.format("GET", path, { ["Accept-Encoding"] = "gzip" })
  end
end

function request()
  last = last % #requests + 1
  return requests[last]
end

function done(summary, latency)
  local errors = summary.errors
  local lost = errors.connect + errors.read + errors.write + errors.timeout + errors.status
  io.write(string.format('{"requests": %d, "seconds": %f, "bytes": %d, "lost": %d, "slowest": %f}\n',
    summary.requests, summary.duration / 1e6, summary.bytes, lost, latency.max / 1e3))
end
