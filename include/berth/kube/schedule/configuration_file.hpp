#pragma once

/// \file
/// A scheduler's profiles and limits from a file, in YAML or JSON, as kube-scheduler's `--config` takes it.
/// In no umbrella: it brings yaml-cpp.
///
/// ```cpp
/// auto const said = kube::read_scheduler_file(text, "scheduler.yaml");
/// if (!said) return complain(said.error().message);
/// auto options = kube::scheduler_options{};
/// said->limit(options);
/// auto scheduler = kube::scheduler(client, options, kube::configured_profiles(said->profiles));
/// ```

#include <berth/api/yaml.hpp>
#include <berth/api/yaml_lines.hpp>
#include <berth/kube/schedule/configuration.hpp>

#include <string>
#include <string_view>

namespace berth::kube {

/// Reads the text of a file; `name` stands before each complaint, with the line. Errors: `invalid`, such as
/// `s.yaml:7: profiles[0].plugins.filter.enabled[0].name: Unsupported value: "NodePort": supported values:
/// ...`, a line for each thing that is wrong.
[[nodiscard]] inline auto read_scheduler_file(std::string const& text, std::string_view name)
    -> result<scheduler_configuration> {
    auto const refuse = [&](std::string const& why) {
        return fail(error_code::invalid, std::string(name) + ": " + why);
    };
    auto const documents = api::yaml_to_json(text);
    if (!documents) return refuse(documents.error().message);
    if (documents->size() != 1)
        return refuse("one KubeSchedulerConfiguration was expected, not " +
                      std::to_string(documents->size()) + " documents");
    auto const lines = api::yaml_lines(text);
    return read_scheduler_configuration(documents->front(), [&](std::string const& path) {
        auto const line = lines.line_of(path);
        return std::string(name) + ":" + (line ? std::to_string(*line) + ":" : "") + " ";
    });
}

} // namespace berth::kube
