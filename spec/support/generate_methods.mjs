// Makes the facts about the Bot API out of the package @grammyjs/types:
//
//   lua/tgrunner/methods.lua         every method with its parameters
//   lua/tgrunner/object_fields.lua   parameters whose empty table is {}
//   lua/tgrunner/testing/members.lua fields of what tests make
//   lua/library/tgrunner/*.lua       annotations for editors
//
// node spec/support/generate_methods.mjs           writes the files
// node spec/support/generate_methods.mjs --check   fails when one of them differs
//
// The package is installed by `npm ci` in the root of the repository.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "./dts.mjs";

const BOT_API = "10.3"; // which the package does not state itself

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
const source = path.join(root, "node_modules/@grammyjs/types");
if (!fs.existsSync(path.join(source, "methods.d.ts"))) {
  console.error("@grammyjs/types is not installed: run `npm ci` in the root of the repository");
  process.exit(2);
}
const version = JSON.parse(fs.readFileSync(path.join(source, "package.json"), "utf8")).version;

// ---- the declarations -----------------------------------------------------

const byName = new Map();
for (const file of fs.readdirSync(source).filter((name) => name.endsWith(".d.ts")).sort()) {
  for (const it of parse(fs.readFileSync(path.join(source, file), "utf8"))) {
    if (!byName.has(it.name)) byName.set(it.name, it);
  }
}
const methods = byName.get("ApiMethods").type.members
  .filter((member) => member.method)
  .sort((a, b) => (a.name < b.name ? -1 : 1));

// Inside a namespace, its own names come first.
function find(name, scope) {
  for (let at = scope; at; at = at.slice(0, Math.max(0, at.lastIndexOf(".")))) {
    if (byName.has(`${at}.${name}`)) return byName.get(`${at}.${name}`);
  }
  return byName.get(name);
}
const scopeOf = (name) => (name.includes(".") ? name.slice(0, name.lastIndexOf(".")) : "");

const FLOATS = new Set(["latitude", "longitude", "horizontal_accuracy", "scale", "x_shift",
  "y_shift", "x_percentage", "y_percentage", "width_percentage", "height_percentage",
  "rotation_angle", "corner_radius_percentage", "main_frame_timestamp", "cover_frame_timestamp",
  "temperature"]);
const THROUGH = new Set(["Partial", "Omit", "NonNullable", "Exclude", "Extract", "Readonly",
  "Pick", "Required"]);
const LISTS = new Set(["Array", "ReadonlyArray"]);

// ---- types as a few words -------------------------------------------------

// Adds to `out`: integer number string boolean object list file any.
function kinds(type, field, scope, out = new Set()) {
  switch (type.k) {
    case "union":
      for (const part of type.of) kinds(part, field, scope, out);
      return out;
    case "and":
      return kinds(type.of[0], field, scope, out);
    case "array":
      return out.add("list");
    case "object":
      return out.add("object");
    case "literal":
      return out.add(typeof type.value === "number" ? "integer" : typeof type.value);
    case "index":
      return out.add("any");
  }
  const { name, args } = type;
  if (name === "number") return out.add(FLOATS.has(field) ? "number" : "integer");
  if (name === "string" || name === "boolean") return out.add(name);
  if (name === "F") return out.add("file");
  if (name === "LanguageCode") return out.add("string");
  if (LISTS.has(name)) return out.add("list");
  if (name === "Record") return out.add("object");
  if (THROUGH.has(name)) {
    return name === "Exclude" && args[0].name === "string" ? out.add("string")
      : kinds(args[0], field, scope, out);
  }
  const found = find(name, scope);
  if (!found) return out.add("any");
  if (found.kind === "interface") return out.add("object");
  return kinds(found.type, field, scopeOf(found.name), out);
}

// ---- members of types -----------------------------------------------------

// Every member of an object type: { name, doc, optional, type, scope }.
function membersOf(type, scope) {
  switch (type.k) {
    case "object":
      return type.members.map((member) => ({ ...member, scope }));
    case "and":
      return merge(type.of.map((part) => membersOf(part, scope)), false);
    case "union":
      return merge(type.of.map((part) => membersOf(part, scope)), true);
    case "name":
      break;
    default:
      return [];
  }
  if (type.name === "MsgWith") {
    const all = membersOf({ k: "name", name: "Message", args: [] }, "");
    const wanted = type.args[0].k === "union" ? type.args[0].of : [type.args[0]];
    return all.filter((member) => wanted.some((it) => it.value === member.name));
  }
  if (THROUGH.has(type.name)) {
    const inner = membersOf(type.args[0], scope);
    return type.name === "Partial" ? inner.map((it) => ({ ...it, optional: true })) : inner;
  }
  const found = find(type.name, scope);
  if (!found) return [];
  if (found.kind === "alias") return membersOf(found.type, scopeOf(found.name));
  const own = found.members.filter((it) => !it.method)
    .map((member) => ({ ...member, scope: scopeOf(found.name) }));
  const bases = found.bases.map((base) => membersOf(base, scopeOf(found.name)));
  return merge([...bases, own], false);
}

// Several lists of members as one; of alternatives, what not all have is optional.
function merge(lists, alternatives) {
  const all = new Map();
  for (const list of lists) {
    for (const member of list) {
      const old = all.get(member.name);
      if (!old) {
        all.set(member.name, { ...member, count: 1 });
        continue;
      }
      old.count++;
      if (!alternatives) {
        all.set(member.name, { ...old, ...member, doc: member.doc ?? old.doc });
        continue;
      }
      old.optional = old.optional || member.optional;
      old.doc = old.doc ?? member.doc;
      old.type = { k: "union", of: [old.type, member.type] };
    }
  }
  return [...all.values()].map(({ count, ...member }) => ({
    ...member, optional: member.optional || (alternatives && count < lists.length),
  }));
}

// Where the package differs from the Bot API, and what is JSON as text, which an object does for:
// servers take the text of whatever JSON value they find.
const JSON_TEXT = { type: { k: "union", of: [
  { k: "name", name: "string", args: [] }, { k: "object", members: [] },
] } };
const CORRECTIONS = {
  createInvoiceLink: { provider_data: JSON_TEXT },
  editStory: { areas: { type: { k: "array", of: { k: "name", name: "StoryArea", args: [] } } } },
  sendInvoice: { provider_data: JSON_TEXT },
  transferGift: { star_count: { optional: true } },
};

function parametersOf(method) {
  if (method.args.length === 0) return [];
  const corrections = CORRECTIONS[method.name] ?? {};
  return membersOf(method.args[0].type, "")
    .map((parameter) => ({ ...parameter, ...corrections[parameter.name] }));
}

// ---- methods.lua ----------------------------------------------------------

const KIND_ORDER = ["file", "integer", "number", "string", "boolean", "object", "list", "any"];

function methodLine(method) {
  const words = parametersOf(method).map((parameter) => {
    const found = kinds(parameter.type, parameter.name, parameter.scope);
    const text = KIND_ORDER.filter((kind) => found.has(kind)).join("|");
    return `${parameter.name}${parameter.optional ? "?" : ""}:${text}`;
  });
  const lines = [];
  let line = "";
  for (const word of words) {
    if (line && line.length + word.length > 88) {
      lines.push(line);
      line = "";
    }
    line += (line ? " " : "") + word;
  }
  if (line) lines.push(line);
  if (lines.length === 0) return `  ${method.name} = "",`;
  const short = `  ${method.name} = "${lines[0]}",`;
  if (lines.length === 1 && short.length <= 100) return short;
  return `  ${method.name} = [[\n${lines.map((it) => `    ${it}\n`).join("")}  ]],`;
}

function methodsFile() {
  return `--- Methods: every method of Bot API ${BOT_API} with its parameters, as text:
--- \`name:kind|kind\`, or \`name?:kind\` when it may be left out. Kinds: file, integer, number,
--- string, boolean, object, list.
---
--- Made by spec/support/generate_methods.mjs from @grammyjs/types ${version}: do not edit.
local methods = { bot_api = "${BOT_API}", source = "@grammyjs/types ${version}" }

---@type table<string, string>
methods.list = {
${methods.map(methodLine).join("\n")}
}

return methods
`;
}

// ---- object_fields.lua ----------------------------------------------------

function objectFields() {
  const objects = new Set();
  const others = new Set();
  const seen = new Set();
  function visitType(type, scope) {
    if (type.k === "union" || type.k === "and") type.of.forEach((part) => visitType(part, scope));
    if (type.k === "array") visitType(type.of, scope);
    if (type.k === "object") visitMembers(membersOf(type, scope));
    if (type.k !== "name") return;
    for (const arg of type.args) visitType(arg, scope);
    const found = find(type.name, scope);
    if (!found || seen.has(found.name) || found.name === "Update") return;
    seen.add(found.name);
    if (found.kind === "interface") {
      visitMembers(membersOf({ k: "name", name: found.name, args: [] }, ""));
    } else {
      visitType(found.type, scopeOf(found.name));
    }
  }
  function visitMembers(list) {
    for (const member of list) {
      const found = kinds(member.type, member.name, member.scope);
      if (found.has("list")) others.add(member.name);
      if (found.has("object")) objects.add(member.name);
      visitType(member.type, member.scope);
    }
  }
  for (const method of methods) visitMembers(parametersOf(method));
  return [...objects].filter((name) => !others.has(name)).sort();
}

function objectFieldsFile() {
  return `--- Object fields: the parameters, and fields within them, that are objects: an empty table
--- given for one of these is \`{}\`, for any other \`[]\`. Fields that are an object in one place and
--- a list in another are not here.
---
--- Made by spec/support/generate_methods.mjs from @grammyjs/types ${version}: do not edit.
---@type string[]
return {
${objectFields().map((name) => `  "${name}",`).join("\n")}
}
`;
}

// ---- annotations ----------------------------------------------------------

const oneLine = (doc) => (doc ?? "").replace(/\s*\n\s*\*?\s*/g, " ").replace(/\s+/g, " ").trim();
const snake = (name) => name.replace(/[A-Z]/g, (letter) => "_" + letter.toLowerCase());
const pascal = (name) => name[0].toUpperCase() + name.slice(1);

// A type as LuaLS writes it. Variants in a namespace are their namespace's type.
function annotation(type, field, scope) {
  switch (type.k) {
    case "union": {
      const parts = [...new Set(type.of.map((part) => annotation(part, field, scope)))];
      return parts.includes("string")
        ? parts.filter((part) => !part.startsWith('"')).join("|") : parts.join("|");
    }
    case "and":
      return annotation(type.of.find((part) => part.k === "name" &&
        part.name !== "Update.Edited" && part.name !== "MsgWith") ?? type.of[0], field, scope);
    case "array": {
      const inner = annotation(type.of, field, scope);
      return (inner.includes("|") ? `(${inner})` : inner) + "[]";
    }
    case "object":
      return "table";
    case "literal":
      return typeof type.value === "string" ? JSON.stringify(type.value) : String(type.value);
    case "index":
      return "any";
  }
  const { name, args } = type;
  if (name === "number") return FLOATS.has(field) ? "number" : "integer";
  if (name === "F") return "tgrunner.InputFile";
  if (name === "string" || name === "boolean") return name;
  if (name === "LanguageCode" || name === "Record") return name === "Record" ? "table" : "string";
  if (LISTS.has(name)) return annotation({ k: "array", of: args[0] }, field, scope);
  if (THROUGH.has(name)) {
    return name === "Exclude" && args[0].name === "string" ? "string"
      : annotation(args[0], field, scope);
  }
  const found = find(name, scope);
  if (!found) return "any";
  return "telegram." + found.name.split(".")[0];
}

function fieldLines(members) {
  return members.map((member) => {
    const text = annotation(member.type, member.name, member.scope);
    const name = member.name + (member.optional ? "?" : "");
    return `---@field ${name} ${text} ${oneLine(member.doc)}`.trimEnd();
  });
}

const HIDDEN = new Set(["ApiMethods", "Opts", "Params", "MsgWith", "LanguageCode", "ApiResponse",
  "ApiError", "ApiSuccess", "Typegram"]);

function isUnionOfTypes(it) {
  if (it.kind !== "alias" || it.type.k !== "union") return false;
  return it.type.of.every((part) => part.k === "name" && !part.name.includes(".") &&
    find(part.name, "")?.kind !== undefined);
}

function typeBlock(name) {
  const it = byName.get(name) ?? { kind: "none", doc: null };
  const doc = oneLine(it.doc) || `The Bot API's ${name}.`;
  const isPlain = it.kind === "alias" &&
    !kinds(it.type, "", "").has("object");
  if (isUnionOfTypes(it) || isPlain) {
    return [`--- ${doc}`, `---@alias telegram.${name} ${annotation(it.type, "", "")}`];
  }
  return [`--- ${doc}`, `---@class telegram.${name}`, ...fieldLines(membersOfType(name))];
}

// A namespace stands for all of its types.
function membersOfType(name) {
  if (byName.has(name)) return membersOf({ k: "name", name, args: [] }, "");
  const variants = [...byName.values()].filter((other) => scopeOf(other.name) === name);
  return merge(variants.map((v) => membersOf({ k: "name", name: v.name, args: [] }, "")), true);
}

const header = (what) => `---@meta _
-- ${what} of Bot API ${BOT_API}, for editors with LuaLS; never loaded.
-- Made by spec/support/generate_methods.mjs from @grammyjs/types ${version}: do not edit.

`;

function typesFile() {
  const names = new Set();
  for (const name of byName.keys()) names.add(name.split(".")[0]);
  const blocks = [...names].filter((name) => !HIDDEN.has(name)).sort()
    .map((name) => typeBlock(name).join("\n"));
  return header("Types") + blocks.join("\n\n") + "\n";
}

function methodBlocks(method) {
  const parameters = parametersOf(method);
  const className = `telegram.${pascal(method.name)}`;
  const needed = parameters.filter((parameter) => !parameter.optional);
  const block = [];
  let argument = "";
  if (parameters.length > 0) {
    const optional = parameters.filter((parameter) => parameter.optional);
    block.push(`---@class ${className}Options`, ...fieldLines(optional), "",
      `---@class ${className}Params: ${className}Options`, ...fieldLines(needed), "");
    argument = `params${needed.length > 0 ? "" : "?"}: ${className}Params`;
  }
  const returns = annotation(method.returns, "", "");
  const fields = [snake(method.name), method.name].filter((it, i, all) => all.indexOf(it) === i)
    .map((name) => `---@field ${name} fun(${argument}): ${returns} ${oneLine(method.doc)}`);
  return { block, fields };
}

function methodsLibraryFile() {
  const made = methods.map(methodBlocks);
  const api = ["--- Every method of the Bot API, in both spellings. Each waits for the answer, "
    + "returns its result and raises a tgrunner.ApiError.", "---@class tgrunner.ApiMethods",
    ...made.flatMap((it) => it.fields)];
  return header("Methods") + made.flatMap((it) => it.block).join("\n") + "\n"
    + api.join("\n") + "\n";
}

// ---- members.lua ----------------------------------------------------------

const BUILT = ["Animation", "Audio", "CallbackQuery", "Chat", "ChatMemberUpdated",
  "ChosenInlineResult", "Document", "InlineQuery", "Message", "MessageReactionUpdated", "PhotoSize",
  "PreCheckoutQuery", "Sticker", "User", "Video", "VideoNote", "Voice"];

function memberLines(name) {
  const lines = [];
  for (const word of membersOfType(name).map((member) => member.name).sort()) {
    const last = lines[lines.length - 1];
    if (last === undefined || last.length + word.length > 92) lines.push(word);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return `  ${name} = [[\n${lines.map((line) => `    ${line}\n`).join("")}  ]],`;
}

function membersFile() {
  return `--- Members: the fields of the objects that tests make, of Bot API ${BOT_API}.
---
--- Made by spec/support/generate_methods.mjs from @grammyjs/types ${version}: do not edit.
---@type table<string, string>
return {
${BUILT.map(memberLines).join("\n")}
}
`;
}

// ---- files ----------------------------------------------------------------

const files = {
  "lua/tgrunner/methods.lua": methodsFile(),
  "lua/tgrunner/object_fields.lua": objectFieldsFile(),
  "lua/tgrunner/testing/members.lua": membersFile(),
  "lua/library/tgrunner/types.lua": typesFile(),
  "lua/library/tgrunner/methods.lua": methodsLibraryFile(),
};

let stale = 0;
for (const [name, text] of Object.entries(files)) {
  const file = path.join(root, name);
  const old = fs.existsSync(file) ? fs.readFileSync(file, "utf8") : null;
  if (process.argv.includes("--check")) {
    if (old !== text) {
      console.error(`${name} differs from what @grammyjs/types ${version} says: npm run generate`);
      stale++;
    }
  } else if (old !== text) {
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}
process.exit(stale > 0 ? 1 : 0);
