-- The recorded requests for wrk, from the repository's root:
--
--   cargo run --release -p ratoon-benches --bin compare -- serve --variant all --port 8080
--   wrk -t1 -c16 -d10s --latency -s benches/wrk.lua http://127.0.0.1:8080 -- 16
--
-- The number behind `--` is the pipelining depth, 1 if it is left out.

local names = {
  "browser_fetch", "mesh_forwarded", "curl_post", "python_requests_post", "browser_navigation", "curl_get",
}
local batches = {}
local number = 0

function init(arguments)
  local depth = tonumber(arguments[1] or "1")
  local requests = {}
  for index, name in ipairs(names) do
    local file = assert(io.open("benches/data/" .. name .. ".http", "rb"))
    requests[index] = file:read("*a")
    file:close()
  end
  for first = 1, #requests do
    local batch = {}
    for at = 0, depth - 1 do
      batch[at + 1] = requests[(first + at - 1) % #requests + 1]
    end
    batches[first] = table.concat(batch)
  end
end

function request()
  number = number + 1
  return batches[number % #batches + 1]
end
