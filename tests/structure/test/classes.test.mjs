import assert from 'node:assert/strict';
import test from 'node:test';
import { classesOf, dividedClasses, longClasses } from '../rules/classes.mjs';
import { fixture, floors } from './fixture.mjs';

const kHeader = 'core/ground/include/floe/ground/check_list.h';
const header = (text) => ({ [kHeader]: text });
const source = (name, text) => ({
  [`core/ground/src/${name}.cc`]: `#include "floe/ground/check_list.h"\n${text}`,
});
const method = (name) => `void ${name}() {\n}\n`;

function measure(rule, ...texts) {
  const { tree, modules } = fixture(Object.assign({}, ...texts));
  return rule(tree, modules);
}

test('a class with one .cc is not divided', () => {
  const texts = [
    header('class CheckList {\n  void a();\n};\n'),
    source('check_list', method('CheckList::a')),
  ];
  assert.deepEqual(measure(dividedClasses, ...texts), {});
});

test('a class whose members are defined in two .cc is divided', () => {
  const texts = [
    header('class CheckList final : public Base<int> {\n};\n'),
    source('check_list', method('CheckList::a')),
    source(
      'check_list_order',
      'namespace floe {\nstd::optional<int> CheckList::b(int x) const {\n}\n}\n',
    ),
  ];
  assert.deepEqual(measure(dividedClasses, ...texts), { 'core/ground CheckList': 2 });
});

test('members of its nested classes are its own', () => {
  const texts = [
    header('class CheckList {\n  struct Entry {\n    void b();\n  };\n};\n'),
    source('check_list', method('CheckList::a')),
    source('entry', method('ground::CheckList::Entry::b')),
  ];
  assert.deepEqual(measure(dividedClasses, ...texts), { 'core/ground CheckList': 2 });
});

test('calls, comments and classes of the same name elsewhere do not divide a class', () => {
  const texts = [
    header('class CheckList {\n};\n'),
    source('check_list', method('CheckList::CheckList')),
    source('caller', '// void CheckList::a() {\nvoid f() {\n  if (CheckList::a()) {\n  }\n}\n'),
    { 'core/upper/src/check_list.h': 'class CheckList {\n};\n' },
    { 'core/upper/src/check_list.cc': `#include "check_list.h"\n${method('CheckList::a')}` },
    { 'core/upper/src/other.cc': `struct CheckList {\n};\n${method('CheckList::b')}` },
  ];
  assert.deepEqual(measure(dividedClasses, ...texts), {});
});

test('a class is as long as its header and all of its .cc', () => {
  const texts = [
    header(`class CheckList {\n};\n${'\n'.repeat(198)}`),
    source('check_list', method('CheckList::a') + '\n'.repeat(97)),
    source('check_list_order', method('CheckList::b') + '\n'.repeat(98)),
  ];
  assert.deepEqual(measure(longClasses, ...texts), { 'core/ground CheckList': 401 });
});

test('400 lines are not too long', () => {
  const texts = [
    header('class CheckList {\n};\n'),
    source('check_list', method('CheckList::a') + '\n'.repeat(395)),
  ];
  assert.deepEqual(measure(longClasses, ...texts), {});
});

test('of long classes in the same files the one that they are named after is told', () => {
  const texts = header(
    `struct Small {\n};\nclass CheckList {\n};\nstruct Other {\n};\n${'\n'.repeat(400)}`,
  );
  assert.deepEqual(measure(longClasses, texts), { 'core/ground CheckList': 406 });
});

test('a class in two modules is found by what a .cc includes', () => {
  const inner = { name: 'inner', folder: 'core/ground/inner', uses: [], is: 'A part.' };
  const { tree, modules } = fixture(
    {
      ...header('class Server {\n};\n'),
      'core/ground/inner/src/a.h': 'class Server {\n};\n',
      ...source('a', method('Server::a')),
    },
    floors({}, {}, inner),
  );
  assert.deepEqual(
    classesOf(tree, modules).map((found) => [found.header, found.sources]),
    [
      [kHeader, ['core/ground/src/a.cc']],
      ['core/ground/inner/src/a.h', []],
    ],
  );
});
