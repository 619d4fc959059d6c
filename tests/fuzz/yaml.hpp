#pragma once

/// \file
/// The YAML reader on any text: what the fuzzer runs, and a plain test over the kept corpus.

#include "must.hpp"

#include <berth/api/yaml.hpp>

#include <boost/json/parse.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace berth::fuzz {

inline auto must_be_json(std::string_view text) -> void {
    auto options = boost::json::parse_options();
    options.max_depth = 1'000'000;
    options.allow_invalid_utf8 = true;
    auto failed = boost::json::error_code();
    static_cast<void>(boost::json::parse({text.data(), text.size()}, failed, {}, options));
    must(!failed);
}

inline auto read_yaml(std::string_view text) -> void {
    constexpr auto few = std::size_t{2} * 1024 * 1024;
    auto const all = api::yaml_to_json(std::string(text));
    auto bytes = std::size_t{0};
    if (all)
        for (auto const& json : *all) must_be_json(json), bytes += json.size();
    must(bytes <= 8 * text.size() + few);
    auto const first = api::yaml_body_to_json(text);
    if (first) must_be_json(*first);
    else must(first.error().message.starts_with("yaml: "));
    if (all) must(first && (all->empty() || *first == "null" || *first == all->front()));
}

} // namespace berth::fuzz
