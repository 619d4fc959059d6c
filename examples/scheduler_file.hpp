#pragma once

/// \file
/// The file of a scheduler's profiles on the command lines of those who decide by it.

#include <berth/kube/schedule/configuration_file.hpp>
#include <berth/kube/schedule/plugin_libraries.hpp>

#include <CLI/CLI.hpp>

#include <cstdio>
#include <string>
#include <utility>
#include <vector>

/// `--config` and `--plugin-library`.
struct scheduler_file {
    std::string config; ///< empty: the default profile
    std::vector<std::string> plugin_libraries;

    /// The two options; `whose` says whose profiles the file has.
    auto add_to(CLI::App& app, std::string const& whose) -> void {
        auto* const file = app.add_option("--config", config, whose)->type_name("FILE");
        app.add_option("--plugin-library", plugin_libraries,
                       "a shared library of filters and scores (berth/schedule/plugin_abi.h) that the "
                       "profiles of --config may name; may be given several times")
            ->type_name("FILE")
            ->expected(1)
            ->take_all()
            ->needs(file);
    }

    /// Loads the libraries and reads the file, which must be given; says on the standard error what of it
    /// does not count. Errors: what is wrong with it, or with a library.
    [[nodiscard]] auto load() const -> berth::result<berth::kube::scheduler_configuration> {
        auto const libraries = berth::kube::plugin_libraries::load(plugin_libraries);
        if (!libraries) return std::unexpected(libraries.error());
        auto said = berth::kube::load_scheduler_file(config, &*libraries);
        if (!said) return said;
        for (auto const& note : said->notes) std::fprintf(stderr, "%s: %s\n", config.c_str(), note.c_str());
        return said;
    }
};
