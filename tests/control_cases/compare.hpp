#pragma once

/// \file
/// How states of the world are compared: without what no two runs have in common, and with the names that
/// were made up on the way renamed the same on both sides.

#include <berth/object/time.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace control_cases {

namespace json = boost::json;

inline auto text_of(json::value const& v) -> std::string_view {
    auto const* const s = v.if_string();
    return s == nullptr ? std::string_view() : std::string_view(s->data(), s->size());
}

inline auto is_nothing(json::value const& v) -> bool {
    return v.is_null() || (v.is_object() && v.get_object().empty()) ||
           (v.is_array() && v.get_array().empty());
}

/// A value without nulls, empty collections, times (unless they are wanted) and resource versions, its
/// members in order.
inline auto plain(json::value const& v, bool with_times = false) -> json::value {
    if (auto const* const list = v.if_array()) {
        auto out = json::array();
        for (auto const& item : *list) out.push_back(plain(item, with_times));
        return out;
    }
    auto const* const object = v.if_object();
    if (object == nullptr) return v;
    auto members = std::vector<std::pair<std::string, json::value>>();
    for (auto const& m : *object) {
        auto value = plain(m.value(), with_times);
        auto const is_time =
            !with_times && value.is_string() && berth::object::parse_time(text_of(value)).has_value();
        auto const of_type = m.key() == "apiVersion" && object->contains("metadata");
        if (is_nothing(value) || is_time || of_type || m.key() == "resourceVersion") continue;
        members.emplace_back(std::string(m.key()), std::move(value));
    }
    std::sort(members.begin(), members.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    auto out = json::object();
    for (auto& [key, value] : members) out.emplace(key, std::move(value));
    return out;
}

inline auto replace_all(std::string text, std::string_view what, std::string_view by) -> std::string {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

/// The label with the hash of a template under which an object of this kind was made; nothing if there is
/// none, or if it is the same everywhere.
inline auto hash_label(std::string_view kind) -> std::string_view {
    if (kind == "ReplicaSet") return "pod-template-hash";
    return kind == "ControllerRevision" ? "controller-revision-hash" : "";
}

/// The template hashes of objects that were made on the way, which have no uid.
inline auto made_hashes(json::array const& objects) -> std::vector<std::string> {
    auto out = std::vector<std::string>();
    for (auto const& o : objects) {
        auto const& m = o.as_object().at("metadata").as_object();
        auto const* const labels = m.if_contains("labels");
        auto const* const hash =
            labels == nullptr ? nullptr : labels->as_object().if_contains(hash_label(text_of(o.at("kind"))));
        if (hash != nullptr && !m.contains("uid")) out.emplace_back(text_of(*hash));
    }
    return out;
}

/// The objects as texts in a fixed order.
inline auto comparable(json::array const& objects) -> std::vector<std::string> {
    auto const hashes = made_hashes(objects);
    auto out = std::vector<std::string>();
    for (auto const& o : objects) {
        auto text = json::serialize(plain(o));
        for (std::size_t i = 0; i < hashes.size(); ++i)
            text = replace_all(std::move(text), hashes[i], "made-hash-" + std::to_string(i));
        out.push_back(std::move(text));
    }
    std::sort(out.begin(), out.end());
    return out;
}

} // namespace control_cases
