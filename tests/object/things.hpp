#pragma once

/// \file
/// Described types for the tests of objects: every form that a member can have.

#include <berth/object/any_object.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace things {

using namespace berth;

struct part {
    std::string name;
    std::int32_t weight = 0;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(part, "test.v1.Part", (name, .required = true, .always = true), (weight))
};
struct body {
    bool flag = false;
    std::int32_t small = 0;
    std::int64_t large = 0;
    double real = 0;
    std::string text;
    std::optional<std::int32_t> maybe;
    object::boxed<part> rare_part;
    std::vector<part> parts;
    object::dictionary<part> named_parts;
    object::string_map labels;
    std::vector<std::string> words;
    object::bytes data;
    object::timestamp at;
    object::boxed<object::raw_json> raw;
    std::int32_t kept = 0;
    std::vector<std::string> kept_list;
    std::string pod_ip;
    std::string operator_;
    object::boxed<body> inner;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(body, "test.v1.Body", (flag), (small), (large), (real), (text), (maybe), (rare_part),
                   (parts), (named_parts), (labels), (words), (data), (at), (raw), (kept, .always = true),
                   (kept_list, .always = true), (pod_ip, .json = "podIP"), (operator_), (inner))
};
struct thing {
    static constexpr object::resource_name resource{"test", "v1", "Thing", "things", "thing", true};
    object::meta metadata;
    body spec;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(thing, "test.v1.Thing", (metadata), (spec))
};
struct other {
    static constexpr object::resource_name resource{"", "v1", "Other", "others", "other", false};
    std::string first; ///< before the metadata
    object::meta metadata;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(other, "", (first), (metadata))
};

} // namespace things
