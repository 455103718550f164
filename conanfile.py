# Untested: no machine of ours has Conan. Reports are welcome.
#
#   conan install . --build=missing --output-folder=build
#   cmake --preset release -DCMAKE_TOOLCHAIN_FILE=build/conan_toolchain.cmake
from conan import ConanFile


class Floe(ConanFile):
    name = "floe"
    version = "0.2.0"
    settings = "os", "compiler", "build_type", "arch"
    generators = "CMakeDeps", "CMakeToolchain"

    def requirements(self):
        self.requires("mbedtls/[>=3.6 <4]")
        self.requires("libwebsockets/[>=4.3 <5]")
        self.requires("nlohmann_json/[>=3.11 <4]")
        self.requires("cli11/[>=2.3 <3]")
        self.test_requires("catch2/[>=3.4 <4]")
