// A reader of the declaration files of @grammyjs/types: just the part of
// TypeScript that they are written in. parse(text) gives declarations
// { kind: "interface"|"alias", name, doc, bases, members|type }, with the
// namespace before the name ("Message.TextMessage").
//
// Types: { k: "name", name, args }, { k: "array", of }, { k: "union", of: [] },
// { k: "and", of: [] }, { k: "literal", value }, { k: "object", members },
// { k: "index", of, by }, { k: "other" }.

// Mapped and conditional types: the package's own, of no use here.
const helpers = new Set(["Opts", "Params"]);

function tokenize(text) {
  const pattern =
    /\s+|\/\/[^\n]*|\/\*\*([\s\S]*?)\*\/|\/\*[\s\S]*?\*\/|([\p{L}_$][\p{L}\p{N}_$]*)|("(?:[^"\\]|\\.)*")|(`[^`]*`)|(0x[0-9A-Fa-f]+|-?\d+(?:\.\d+)?)|(=>|\.\.\.|[{}()[\]<>|&;:,.?=*-])/guy;
  const tokens = [];
  let doc = null;
  while (pattern.lastIndex < text.length) {
    const at = pattern.lastIndex;
    const m = pattern.exec(text);
    if (!m) throw new Error("unexpected text: " + text.slice(at, at + 60));
    if (m[1] !== undefined) doc = m[1];
    const value = m[2] ?? m[3] ?? m[4] ?? m[5] ?? m[6];
    if (value === undefined) continue;
    const kind = m[2] ? "word" : m[3] ? "string" : m[4] ? "template" : m[5] ? "number" : "sign";
    tokens.push({ kind, value, doc });
    doc = null;
  }
  return tokens;
}

export function parse(text) {
  const tokens = tokenize(text);
  let at = 0;
  const declarations = [];

  const peek = (n = 0) => tokens[at + n]?.value;
  const take = () => tokens[at++];
  const eat = (value) => (peek() === value ? (at++, true) : false);
  const expect = (value) => {
    if (!eat(value)) {
      const near = tokens.slice(at - 5, at + 5).map((t) => t.value).join(" ");
      throw new Error(`expected ${value} near: ${near}`);
    }
  };

  function skipTypeParameters() {
    if (!eat("<")) return;
    let depth = 1;
    while (depth > 0) {
      const value = take().value;
      if (value === "<") depth++;
      if (value === ">") depth--;
    }
  }

  function members() {
    const list = [];
    expect("{");
    while (!eat("}")) {
      const doc = tokens[at].doc;
      eat("readonly");
      if (peek() === "[") { // a mapped type: of no use here
        while (peek() !== "}") take();
        continue;
      }
      const token = take();
      const name = token.kind === "string" ? JSON.parse(token.value) : token.value;
      const optional = eat("?");
      if (peek() === "(" || peek() === "<") {
        skipTypeParameters();
        list.push({ name, doc, method: true, args: parameters(), returns: (expect(":"), type()) });
      } else {
        expect(":");
        list.push({ name, doc, optional, type: type() });
      }
      eat(";") || eat(",");
    }
    return list;
  }

  function parameters() {
    const list = [];
    expect("(");
    while (!eat(")")) {
      const name = take().value;
      const optional = eat("?");
      expect(":");
      list.push({ name, optional, type: type() });
      eat(",");
    }
    return list;
  }

  function type() {
    eat("|");
    const first = intersection();
    if (peek() !== "|") return first;
    const of = [first];
    while (eat("|")) of.push(intersection());
    return { k: "union", of };
  }

  function intersection() {
    const first = postfix();
    if (peek() !== "&") return first;
    const of = [first];
    while (eat("&")) of.push(postfix());
    return { k: "and", of };
  }

  function postfix() {
    let result = primary();
    while (peek() === "[") {
      take();
      if (eat("]")) {
        result = { k: "array", of: result };
      } else {
        result = { k: "index", of: result, by: type() };
        expect("]");
      }
    }
    return result;
  }

  function primary() {
    if (peek() === "{") return { k: "object", members: members() };
    if (eat("(")) {
      const inner = type();
      expect(")");
      return inner;
    }
    if (eat("[")) { // a tuple: an array of what is in it
      const of = [];
      while (!eat("]")) {
        of.push(type());
        eat(",");
      }
      return { k: "array", of: { k: "union", of } };
    }
    const token = take();
    if (token.kind === "string") return { k: "literal", value: JSON.parse(token.value) };
    if (token.kind === "number") return { k: "literal", value: Number(token.value) };
    if (token.kind === "template") return { k: "name", name: "string", args: [] };
    if (token.value === "true" || token.value === "false") {
      return { k: "literal", value: token.value === "true" };
    }
    if (token.value === "keyof" || token.value === "typeof") {
      postfix();
      return { k: "name", name: "string", args: [] };
    }
    if (token.value === "readonly") return postfix();
    let name = token.value;
    while (eat(".")) name += "." + take().value;
    const args = [];
    if (eat("<")) {
      while (!eat(">")) {
        args.push(type());
        eat(",");
      }
    }
    return { k: "name", name, args };
  }

  function skipStatement() {
    let depth = 0;
    while (at < tokens.length) {
      const value = take().value;
      if (value === "{" || value === "(") depth++;
      if (value === "}" || value === ")") depth--;
      if (value === ";" && depth === 0) return;
    }
  }

  function statement(prefix) {
    const doc = tokens[at].doc;
    eat("export");
    eat("declare");
    if (peek() === "interface") {
      take();
      const name = prefix + take().value;
      skipTypeParameters();
      const bases = [];
      if (eat("extends")) do bases.push(type()); while (eat(","));
      declarations.push({ kind: "interface", name, doc, bases, members: members() });
    } else if (peek() === "type" && tokens[at + 1].kind === "word") {
      take();
      const name = prefix + take().value;
      if (helpers.has(name)) return skipStatement();
      skipTypeParameters();
      expect("=");
      declarations.push({ kind: "alias", name, doc, type: type() });
      eat(";");
    } else if (peek() === "namespace") {
      take();
      const inner = prefix + take().value + ".";
      expect("{");
      while (!eat("}")) statement(inner);
    } else {
      skipStatement();
    }
  }

  while (at < tokens.length) statement("");
  return declarations;
}
