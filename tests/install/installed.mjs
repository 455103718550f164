// What is installed, as its user finds it, before anything is built with it.
import { copyFileSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { must } from '../runner/shell.mjs';
import { inTree } from '../runner/tree.mjs';

/// The libraries of the C library, which each Linux has: glibc's.
const kGlibc = /^(ld-linux.*|lib(c|m|pthread|dl|rt|resolv|anl))\.so\.\d+$/;

/// The libraries that are in the archives and in the command, and words of their licences.
const kNotices = {
  mbedTLS: 'Apache License',
  libwebsockets: 'MIT License applied to libwebsockets',
  'nlohmann/json': 'Niels Lohmann',
  CLI11: 'Henry Schreiner',
};

/// Throws unless the notices of third parties have a section for each library, with its licence.
export function checkNotices(prefix) {
  const text = readFileSync(path.join(prefix, 'share/doc/floe/THIRD_PARTY_NOTICES.txt'), 'utf8');
  const sections = text.split(/^=+\n(?=.+\n=+$)/m);
  for (const [name, words] of Object.entries(kNotices)) {
    const section = sections.find((one) => one.startsWith(`${name}\n`));
    if (!section) throw new Error(`the notices do not name ${name}`);
    if (!section.includes(words)) throw new Error(`the notice of ${name} is not its licence`);
  }
}

/// Throws when a program needs more than glibc.
export async function checkNeeds(...programs) {
  for (const program of programs) {
    const needs = await must(['readelf', '--dynamic', '--wide', program]);
    for (const [, library] of needs.matchAll(/\(NEEDED\).*\[(.+)\]/g)) {
      if (!kGlibc.test(library)) throw new Error(`${program} needs ${library}`);
    }
  }
}

/// Throws unless the installed device compiles by the line that README.md prints.
export async function checkPrinted(prefix, folder) {
  const [line] = /^cc device\.c .*$/m.exec(readFileSync(inTree('README.md'), 'utf8'));
  const example = path.join(prefix, 'share/doc/floe/examples/device.c');
  copyFileSync(example, path.join(folder, 'device.c'));
  const env = { PKG_CONFIG_PATH: path.join(prefix, 'lib/pkgconfig') };
  await must(['sh', '-c', line], { cwd: folder, env });
}
