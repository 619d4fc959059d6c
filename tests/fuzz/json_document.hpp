#pragma once

/// \file
/// The JSON reader on any text: what the fuzzer runs, and a plain test over the kept corpus.

#include "must.hpp"

#include <berth/object/parse.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace berth::fuzz {

inline auto read_document(std::string_view text) -> void {
    auto const read = object::parse_document(text);
    if (!read) return must(read.error().code == error_code::bad_request && !read.error().message.empty());
    auto bytes = std::size_t{0};
    for (auto const& path : read->duplicate_paths) bytes += path.size();
    must(read->duplicate_paths.size() <= object::told_paths::most && bytes <= object::told_paths::most_text);
    auto options = boost::json::parse_options();
    options.max_depth = object::json_depth_limit;
    auto failed = boost::json::error_code();
    must(boost::json::parse({text.data(), text.size()}, failed, {}, options) == read->value && !failed);
    auto const again = object::parse_document(boost::json::serialize(read->value));
    must(again && again->duplicate_paths.empty() && again->value == read->value);
}

} // namespace berth::fuzz
