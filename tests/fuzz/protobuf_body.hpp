#pragma once

/// \file
/// The protobuf reader on any bytes: what the fuzzer runs, and a plain test over the kept corpus.

#include "../api/kinds.hpp"
#include "must.hpp"

#include <berth/api/protobuf.hpp>
#include <berth/object/int_or_string.hpp>
#include <berth/object/quantity.hpp>

#include <boost/json/parse.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace berth::fuzz {

/// Every form that a member can have.
struct chest {
    static constexpr object::resource_name resource{"test", "v1", "Chest", "chests", "chest", true};
    object::meta metadata;
    bool open = false;
    std::int32_t small = 0;
    std::int64_t large = 0;
    double real = 0;
    std::optional<std::int32_t> maybe;
    std::vector<std::int32_t> numbers;
    std::vector<std::string> words;
    object::string_map marks;
    object::dictionary<yard::sailor> crew;
    object::bytes data;
    object::quantity amount;
    object::int_or_string port;
    object::timestamp when;
    object::micro_timestamp exactly;
    object::boxed<object::raw_json> raw;
    std::string inner; ///< embedded: message 20, field 3
    object::boxed<chest> nested;
    object::unknown_fields unknown;
    BERTH_DESCRIBE(chest, "test.v1.Chest", (metadata, .number = 1), (open, .number = 2), (small, .number = 3),
                   (large, .number = 4), (real, .number = 5), (maybe, .number = 6), (numbers, .number = 7),
                   (words, .number = 8), (marks, .number = 9), (crew, .number = 10), (data, .number = 11),
                   (amount, .number = 12), (port, .number = 13), (when, .number = 14),
                   (exactly, .number = 15), (raw, .number = 16), (inner, .number = 20003),
                   (nested, .number = 17))
};

/// A body, or the message of a chest. It becomes JSON, unless it has JSON in it that is none.
inline auto read_protobuf(std::string_view bytes) -> void {
    static auto const known = [] {
        auto out = yard::kinds();
        out.add(api::kind_of<chest>{});
        return out;
    }();
    constexpr auto magic = std::string_view("k8s\0", 4);
    constexpr auto chests = std::string_view("\n\x10\n\x07test/v1\x12\x05"
                                             "Chest\x12");
    auto size = std::string();
    for (auto n = bytes.size(); size.empty() || n != 0; n >>= 7U)
        size += static_cast<char>(n >= 0x80 ? n | 0x80U : n);
    auto const body = bytes.starts_with(magic) ? std::string(bytes)
                                               : (std::string(magic).append(chests) += size).append(bytes);
    auto const json = api::protobuf_to_json(known, body);
    if (!json) return must(!json.error().message.empty());
    if (json->find("\"raw\":") != std::string::npos) return;
    auto options = boost::json::parse_options();
    options.max_depth = 1'000;
    options.allow_invalid_utf8 = true; // who reads bodies repairs it
    auto failed = boost::json::error_code();
    static_cast<void>(boost::json::parse({json->data(), json->size()}, failed, {}, options));
    must(!failed);
}

} // namespace berth::fuzz
