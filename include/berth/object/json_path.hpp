#pragma once

/// \file
/// JSON paths as kubectl and the columns of custom kinds have them (client-go `util/jsonpath`): `.spec.size`,
/// `.metadata.labels.app\.kubernetes\.io/name`, `.status.conditions[?(@.type=="Ready")].status`, `.items[*]`,
/// `.list[-1:]`, `..name`.

#include <berth/core/config.hpp>
#include <berth/core/error.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::object {

/// A path into a document.
class json_path {
public:
    /// Reads a path; it may begin with a dot or a bracket. Errors: `bad_request`.
    [[nodiscard]] static auto parse(std::string_view text) -> result<json_path>;

    /// What the path leads to, in order; nothing where a member is missing. Each step visits what the step
    /// before it found, so that the cost is that of the steps times the size of the document.
    [[nodiscard]] auto find(boost::json::value const& document) const
        -> std::vector<boost::json::value const*>;

private:
    struct step {
        enum class kind : std::uint8_t { member, wildcard, descent, slice, filter };

        kind what = kind::member;
        std::vector<std::string> names;    ///< of members
        std::optional<std::int64_t> begin; ///< of a slice
        std::optional<std::int64_t> end;
        std::int64_t stride = 1;
        bool single = false;     ///< the slice is one element
        std::vector<step> left;  ///< of a filter: a path from each element
        std::vector<step> right; ///< a path, or nothing
        std::optional<boost::json::value> literal;
        std::string comparison; ///< empty: the left path leads somewhere
    };

    using found = std::vector<boost::json::value const*>;

    static auto walk(std::vector<step> const& steps, boost::json::value const& root) -> found;
    static auto take(step const& s, boost::json::value const& value, found& out) -> void;
    static auto take_slice(step const& s, boost::json::value const& value, found& out) -> void;
    static auto passes(step const& s, boost::json::value const& value) -> bool;

    friend class json_path_reader;

    std::vector<step> steps_;
};

} // namespace berth::object

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/object/json_path.ipp>
#endif
