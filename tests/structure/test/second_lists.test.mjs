import assert from 'node:assert/strict';
import test from 'node:test';
import { secondListProblems } from '../rules/second_lists.mjs';
import { vectorProblems } from '../rules/vectors.mjs';
import { problemsOf } from './fixture.mjs';

const attributes = (list) => ({
  'core/stun/include/floe/stun/attributes/text.h':
    'using Realm = Text<AttributeType::realm, 763>;\n' +
    'struct Part {\n  int value;\n};\n' +
    'struct Priority {\n  static constexpr auto kType = AttributeType::priority;\n};\n',
  'tests/fuzz/stun_message_fuzz.cc': `using EveryAttribute =\n    All<${list}>;\n`,
});

test('attributes that are fuzzed are right; a part of one is none', () => {
  assert.deepEqual(problemsOf(secondListProblems, attributes('Realm, Priority')), []);
});

test('an attribute that the fuzz target forgot is named', () => {
  assert.deepEqual(problemsOf(secondListProblems, attributes('Realm')), [
    'tests/fuzz/stun_message_fuzz.cc: EveryAttribute lacks Priority of core/stun/include/floe/stun/attributes/text.h',
  ]);
});

const records = (rows) => ({
  'core/tunnel/records/include/floe/tunnel/records/record_type.h':
    'enum class RecordType : std::uint8_t {\n  hello = 0x01,\n  go_away = 0x05,\n};\n',
  'core/tunnel/PROTOCOL.md': `| Type | Record |\n| --- | --- |\n${rows}`,
});

test('a record without a row in the protocol is named', () => {
  const row = '| 0x01 | HELLO | C |\n';
  assert.deepEqual(problemsOf(secondListProblems, records(`${row}| 0x05 | GO_AWAY | S |\n`)), []);
  assert.deepEqual(problemsOf(secondListProblems, records(row)), [
    'core/tunnel/PROTOCOL.md: section 2 has no row for GO_AWAY, 0x05',
  ]);
});

test('vectors that were not made again are named', () => {
  const rule = (tree, modules) => vectorProblems(tree, modules, { 'a.inc': 'new\n' });
  assert.deepEqual(problemsOf(rule, { 'tests/vectors/a.inc': 'new\n' }), []);
  assert.deepEqual(problemsOf(rule, { 'tests/vectors/a.inc': 'old\n' }), [
    'tests/vectors/a.inc: not what make_vectors.mjs makes; run `node tests/vectors/make_vectors.mjs`',
  ]);
});
