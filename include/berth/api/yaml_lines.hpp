#pragma once

/// \file
/// On which lines of a YAML text its fields stand, for complaints that come after it was read.

#include <berth/core/config.hpp>

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace berth::api {

/// The lines of the fields of a text's first document, by paths such as `profiles[0].plugins`.
class yaml_lines {
public:
    /// Reads a text; of one that cannot be read nothing is known. Cost: linear; as much memory as all paths
    /// take.
    explicit yaml_lines(std::string const& text);

    /// The line of a field, from 1 on; of what stands around it where it is not in the text itself.
    [[nodiscard]] auto line_of(std::string_view path) const -> std::optional<std::size_t>;

private:
    std::map<std::string, std::size_t, std::less<>> lines_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/yaml_lines.ipp>
#endif
