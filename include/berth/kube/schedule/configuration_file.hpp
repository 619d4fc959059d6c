#pragma once

/// \file
/// A scheduler's profiles and limits from a file, in YAML or JSON, as kube-scheduler's `--config` takes it.
/// In no umbrella: it brings yaml-cpp.
///
/// ```cpp
/// auto const said = kube::load_scheduler_file("scheduler.yaml");
/// if (!said) return complain(said.error().message);
/// auto options = kube::scheduler_options{};
/// said->limit(options);
/// auto scheduler = kube::scheduler(client, options, kube::configured_profiles(said->profiles));
/// ```

#include <berth/api/yaml.hpp>
#include <berth/api/yaml_lines.hpp>
#include <berth/kube/schedule/configuration.hpp>
#include <berth/object/detail/go_text.hpp>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <system_error>

namespace berth::kube {

/// Reads the text of a file; `name` stands before each complaint, with the line. Errors: `invalid`, such as
/// `s.yaml:7: profiles[0].plugins.filter.enabled[0].name: Unsupported value: "NodePort": supported values:
/// ...`, a line for each thing that is wrong.
[[nodiscard]] inline auto read_scheduler_file(std::string const& text, std::string_view name,
                                              plugin_libraries const* libraries = nullptr)
    -> result<scheduler_configuration> {
    auto const refuse = [&](std::string const& why) {
        return fail(error_code::invalid, std::string(name) + ": " + why);
    };
    for (auto rest = std::string_view(text); !rest.empty();) {
        auto const c = object::detail::first_code_point(rest);
        if (!c.valid)
            return fail(error_code::invalid,
                        std::string(name) + ":" +
                            std::to_string(1 + std::count(text.data(), rest.data(), '\n')) +
                            ": is no UTF-8: write it in that encoding");
        rest.remove_prefix(c.length);
    }
    auto const documents = api::yaml_to_json(text);
    if (!documents) return refuse(documents.error().message);
    if (documents->size() != 1)
        return refuse("one KubeSchedulerConfiguration was expected, not " +
                      std::to_string(documents->size()) + " documents");
    auto const lines = api::yaml_lines(text);
    return read_scheduler_configuration(
        documents->front(),
        [&](std::string const& path) {
            auto const line = lines.line_of(path);
            return std::string(name) + ":" + (line ? std::to_string(*line) + ":" : "") + " ";
        },
        libraries);
}

/// The same of a file on the disk, of a megabyte at most. Errors: also `not_found`, for what cannot be read.
[[nodiscard]] inline auto load_scheduler_file(std::string const& file,
                                              plugin_libraries const* libraries = nullptr)
    -> result<scheduler_configuration> {
    constexpr std::size_t most = 1U << 20U;
    auto const cannot = [&](std::string const& why) {
        return fail(error_code::not_found, file + ": " + why);
    };
    auto problem = std::error_code();
    if (std::filesystem::is_directory(file, problem)) return cannot("is a directory");
    auto in = std::ifstream(file, std::ios::binary);
    auto text = std::string(most + 1, '\0');
    if (!in.read(text.data(), static_cast<std::streamsize>(text.size())) && !in.eof())
        return cannot("cannot be read");
    text.resize(static_cast<std::size_t>(in.gcount()));
    if (text.size() > most) return cannot("is larger than a megabyte");
    return read_scheduler_file(text, file, libraries);
}

} // namespace berth::kube
