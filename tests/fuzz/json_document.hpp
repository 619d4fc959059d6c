#pragma once

/// \file
/// The JSON reader on any text: what the fuzzer runs, and a plain test over the kept corpus.

#include "must.hpp"

#include <berth/object/parse.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace berth::fuzz {

/// Whether two values are equal but for the last digits of numbers, which the parser alone rounds.
inline auto alike(boost::json::value const& a, boost::json::value const& b) -> bool {
    if (a.is_array() && b.is_array())
        return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(),
                          b.get_array().end(), alike);
    if (a.is_object() && b.is_object()) {
        auto const& there = b.get_object();
        return a.get_object().size() == there.size() &&
               std::all_of(a.get_object().begin(), a.get_object().end(), [&](auto const& member) {
                   auto const* const other = there.if_contains(member.key());
                   return other != nullptr && alike(member.value(), *other);
               });
    }
    if (!a.is_double() || !b.is_double()) return a == b;
    auto const x = a.get_double();
    auto const y = b.get_double();
    return std::abs(x - y) <= 1e-14 * std::abs(x) + 1e-320;
}

inline auto read_document(std::string_view text) -> void {
    auto const read = object::parse_document(text);
    if (!read) return must(read.error().code == error_code::bad_request && !read.error().message.empty());
    auto bytes = std::size_t{0};
    for (auto const& path : read->duplicate_paths) bytes += path.size();
    must(read->duplicate_paths.size() <= object::told_paths::most && bytes <= object::told_paths::most_text);
    auto options = boost::json::parse_options();
    options.max_depth = object::json_depth_limit;
    auto failed = boost::json::error_code();
    must(alike(boost::json::parse({text.data(), text.size()}, failed, {}, options), read->value) && !failed);
    auto const again = object::parse_document(boost::json::serialize(read->value));
    must(again && again->duplicate_paths.empty() && again->value == read->value);
}

} // namespace berth::fuzz
