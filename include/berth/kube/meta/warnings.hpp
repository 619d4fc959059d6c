#pragma once

/// \file
/// What a writer is warned of, though the object is accepted.

#include <berth/kube/meta/validation.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace berth::kube {

/// Sentences for the writer.
using warning_list = std::vector<std::string>;

namespace detail {

inline auto warn(warning_list& out, field_path const& at, std::string_view what) -> void {
    out.push_back(at.to_string() + ": " + std::string(what));
}

} // namespace detail

} // namespace berth::kube
