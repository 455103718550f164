// The version stands in several files, because several tools read it; it is the same in all.
const kPlaces = {
  'CMakeLists.txt': /^project\(floe VERSION (\S+)/m,
  'js/package.json': /^ {2}"version": "([^"]+)"/m,
  'vcpkg.json': /^ {2}"version": "([^"]+)"/m,
  'conanfile.py': /^ {4}version = "([^"]+)"/m,
  'CHANGELOG.md': /^## (\d\S*?),?(?: |$)/m,
};

export function* versionProblems(tree) {
  const places = Object.entries(kPlaces).filter(([file]) => tree.files.includes(file));
  const found = places.map(([file, pattern]) => [file, pattern.exec(tree.text(file))?.[1]]);
  for (const [file, version] of found) {
    const [first, wanted] = found[0];
    if (version !== wanted) yield `${file}: has version ${version}, and ${first} has ${wanted}`;
  }
}
