--- Reactions: what a change of them comes to, for ctx:reactions.
local reactions = {}

local function sort(list)
  local emoji, custom, paid = {}, {}, false
  for _, reaction in ipairs(list) do
    if reaction.type == "emoji" then emoji[#emoji + 1] = reaction.emoji end
    if reaction.type == "custom_emoji" then custom[#custom + 1] = reaction.custom_emoji_id end
    paid = paid or reaction.type == "paid"
  end
  return emoji, custom, paid
end

-- Those of a list that are among others, or are not.
local function sift(list, others, is_among)
  local set, left = {}, {}
  for _, item in ipairs(others) do set[item] = true end
  for _, item in ipairs(list) do
    if (set[item] or false) == is_among then left[#left + 1] = item end
  end
  return left
end

--- What a message_reaction update changed; see ctx:reactions.
---@param change table? the MessageReactionUpdated
---@return table
function reactions.of(change)
  local emoji, custom, paid = sort(change and change.new_reaction or {})
  local old_emoji, old_custom, old_paid = sort(change and change.old_reaction or {})
  return {
    emoji = emoji,
    emoji_added = sift(emoji, old_emoji, false),
    emoji_kept = sift(emoji, old_emoji, true),
    emoji_removed = sift(old_emoji, emoji, false),
    custom_emoji = custom,
    custom_emoji_added = sift(custom, old_custom, false),
    custom_emoji_kept = sift(custom, old_custom, true),
    custom_emoji_removed = sift(old_custom, custom, false),
    paid = paid,
    paid_added = paid and not old_paid,
  }
end

return reactions
