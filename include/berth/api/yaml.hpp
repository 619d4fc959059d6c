#pragma once

/// \file
/// YAML manifests and bodies as JSON. Plain scalars mean what they mean to Kubernetes' tools, which follow
/// YAML 1.1 (sigs.k8s.io/yaml 1.6 over go-yaml v2): `yes` and `on` are true, `010` is eight, dates stay
/// texts.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>
#include <berth/object/encode.hpp>

#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api {

/// The documents of a YAML text, each as JSON text; empty documents are left out. JSON is YAML too.
/// Errors: `bad_request`, its message as `yaml: line 3: ...`.
[[nodiscard]] BERTH_DECL auto yaml_to_json(std::string const& text) -> result<std::vector<std::string>>;

/// The first document of a YAML text as JSON text, `null` if there is none: how the body of a request is
/// read. Errors: as `yaml_to_json`. Cost: linear; aliases may write as much as the text is long, and 1 MiB.
[[nodiscard]] BERTH_DECL auto yaml_body_to_json(std::string_view text) -> result<std::string>;

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/yaml.ipp>
#endif
