--- What a function raises, as it is (luassert's error_matches takes the place off). Fails when it
--- raises nothing.
---@param fn function
---@param ... any
---@return any
return function(fn, ...)
  local ok, err = pcall(fn, ...)
  assert(not ok, "nothing was raised")
  return err
end
