std = "lua54"
max_line_length = 100
include_files = { "lua/**/*.lua", "spec/**/*.lua", "examples/**/*.lua" }
exclude_files = { "node_modules", "build*" }
self = false
files["spec"] = { std = "+busted" }
files["spec/flow"] = { max_line_length = 140 } -- scripts within the spec
files["lua/library"] = { ignore = { "211", "212", "221", "241", "631" } }
