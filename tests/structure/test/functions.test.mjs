import assert from 'node:assert/strict';
import test from 'node:test';
import { longFunctions } from '../rules/functions.mjs';
import { fixture } from './fixture.mjs';

function found(file, text) {
  const { tree, modules } = fixture({ [file]: text });
  return longFunctions(tree, modules);
}
const body = (lines, indent = '  ') => `${indent}work();\n`.repeat(lines);

test('a function of 70 lines fits', () => {
  assert.deepEqual(found('core/a.cc', `void f() {\n${body(68)}}\n`), {});
});

test('a function of 71 lines does not', () => {
  assert.deepEqual(
    found('core/a.cc', `namespace floe {\nint Class::f(int x) const {\n${body(69)}}\n}\n`),
    {
      'core Class::f': 71,
    },
  );
});

test('a head over several lines counts', () => {
  const head =
    'template <typename T>\nCheck::Check(T x,\n             int y)\n    : x_{x}, y_(y) {\n';
  assert.deepEqual(found('core/a.cc', `${head}${body(69)}}\n`), { 'core Check::Check': 74 });
});

test('a method inside of its class is a function; the class is none', () => {
  const method = `  void f() {\n${body(69, '    ')}  }\n`;
  assert.deepEqual(found('core/a.h', `class A {\n  void g();\n${method}};\n`), { 'core A::f': 71 });
  assert.deepEqual(found('core/a.h', `class A {\n${body(100)}};\n`), {});
});

test('a table of values is no function', () => {
  assert.deepEqual(
    found('core/a.cc', `constexpr Row kRows[] = {\n${'  {1, f(2)},\n'.repeat(90)}};\n`),
    {},
  );
});

test('braces in texts and comments are not counted', () => {
  const text =
    `void f() {\n  say("{", '{', R"(}{)");  // {\n  /* { */\n}\nvoid g() {\n${body(40)}}\n`.repeat(
      2,
    );
  assert.deepEqual(found('core/a.cc', text), {});
});

test('a test case is a function', () => {
  assert.deepEqual(
    Object.values(found('tests/a.cc', `TEST_CASE("a", "[b]") {\n${body(69)}}\n`)),
    [71],
  );
});

test('scripts have functions, methods, arrows and tests', () => {
  for (const head of ['async function f(x) {', 'export const f = (x) => {']) {
    assert.deepEqual(found('js/a.ts', `${head}\n${body(69)}}\n`), { 'js f': 71 });
  }
  assert.deepEqual(
    found('js/a.ts', `class A {\n  #f(x: number): void {\n${body(69, '    ')}  }\n}\n`),
    {
      'js #f': 71,
    },
  );
  assert.deepEqual(
    Object.values(found('a.test.mjs', `test('x', async () => {\n${body(69)}});\n`)),
    [71],
  );
  assert.deepEqual(found('js/a.ts', `for (const x of y) {\n${body(90)}}\n`), {});
});
