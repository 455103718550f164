// Lists that are written twice on purpose have the same members: the attributes of STUN and their
// fuzz target, the records of the tunnel and their protocol page.
const kAttribute =
  /(?<!>\n)^(?:struct|using) (\w+)(?= \{| : | = (?:Text|PlainAddress|XorAddress)<)/gm;
const kAttributes = /^core\/stun\/include\/floe\/stun\/attributes\/\w+\.h$/;
const kFuzz = 'tests/fuzz/stun_message_fuzz.cc';
const kRecordTypes = 'core/tunnel/records/include/floe/tunnel/records/record_type.h';
const kProtocol = 'core/tunnel/PROTOCOL.md';

function* attributeProblems(tree) {
  if (!tree.files.includes(kFuzz)) return;
  const list = /EveryAttribute =\s*All<([^>]*)>/.exec(tree.text(kFuzz))?.[1] ?? '';
  const fuzzed = list.split(/[\s,]+/);
  for (const file of tree.matching(kAttributes)) {
    const text = tree.text(file);
    for (const [, name] of text.matchAll(kAttribute)) {
      if (!isAttribute(text, name) || fuzzed.includes(name)) continue;
      yield `${kFuzz}: EveryAttribute lacks ${name} of ${file}`;
    }
  }
}

/// A struct without a type is a part of an attribute.
function isAttribute(text, name) {
  const struct = new RegExp(`^struct ${name} \\{[^]*?^\\};`, 'm').exec(text)?.[0];
  return struct === undefined || /\bkType\b/.test(struct);
}

function* recordProblems(tree) {
  if (!tree.files.includes(kRecordTypes)) return;
  const types = /enum class RecordType[^{]*\{([^}]*)\}/.exec(tree.text(kRecordTypes))?.[1] ?? '';
  const page = tree.text(kProtocol);
  for (const [, name, number] of types.matchAll(/(\w+) = (0x[0-9a-f]{2})/g)) {
    if (page.includes(`\n| ${number} | ${name.toUpperCase()} |`)) continue;
    yield `${kProtocol}: section 2 has no row for ${name.toUpperCase()}, ${number}`;
  }
}

export function* secondListProblems(tree) {
  yield* attributeProblems(tree);
  yield* recordProblems(tree);
}
