"""Berth as a Conan package of headers: `conan create packaging/conan`."""

import os
import re

from conan import ConanFile
from conan.tools.build import check_min_cppstd
from conan.tools.files import copy, load
from conan.tools.layout import basic_layout


class Berth(ConanFile):
    name = "berth"
    description = "Schedulers, controllers and control planes from composable headers (C++23)"
    license = "Apache-2.0"
    topics = ("scheduling", "kubernetes", "controllers", "header-only")
    package_type = "header-library"
    settings = "os", "arch", "compiler", "build_type"
    options = {"with_lmdb": [True, False], "with_etcd": [True, False]}
    default_options = {"with_lmdb": False, "with_etcd": False}
    no_copy_source = True

    def set_version(self):
        text = load(self, os.path.join(self.recipe_folder, "..", "..", "meson.build"))
        self.version = re.search(r"version: '([^']+)'", text)[1]

    def export_sources(self):
        root = os.path.join(self.recipe_folder, "..", "..")
        copy(self, "LICENSE", root, self.export_sources_folder)
        copy(self, "include/berth/*", root, self.export_sources_folder)

    def layout(self):
        basic_layout(self)

    def validate(self):
        check_min_cppstd(self, 23)

    def requirements(self):
        self.requires("boost/[>=1.81]", transitive_headers=True)
        self.requires("range-v3/[>=0.12]", transitive_headers=True)
        self.requires("re2/[>=20220601]", transitive_headers=True)
        self.requires("yaml-cpp/[>=0.7]", transitive_headers=True)
        if self.options.with_lmdb:
            self.requires("lmdb/[>=0.9.24]", transitive_headers=True)
        if self.options.with_etcd:
            self.requires("openssl/[>=3]", transitive_headers=True)
            self.requires("libnghttp2/[>=1.52]", transitive_headers=True)

    def package(self):
        copy(self, "LICENSE", self.source_folder, os.path.join(self.package_folder, "licenses"))
        copy(self, "*", os.path.join(self.source_folder, "include"), os.path.join(self.package_folder, "include"))

    def package_id(self):
        self.info.clear()

    def package_info(self):
        self.cpp_info.bindirs = []
        self.cpp_info.libdirs = []
        self.cpp_info.set_property("cmake_file_name", "berth")
        self.cpp_info.set_property("cmake_target_name", "berth::berth")
        self.cpp_info.set_property("pkg_config_name", "berth")
        self.cpp_info.requires = ["boost::json", "range-v3::range-v3", "re2::re2", "yaml-cpp::yaml-cpp"]
        if self.options.with_lmdb:
            self.cpp_info.requires.append("lmdb::lmdb")
        if self.options.with_etcd:
            self.cpp_info.requires += ["openssl::openssl", "libnghttp2::nghttp2"]
        if self.settings.os == "Linux":
            self.cpp_info.system_libs = ["pthread"]
