#pragma once

/// \file
/// The bodies of `berth/api/http/text_cache.hpp`.

#include <berth/api/encoding.hpp>
#include <berth/api/http/text_cache.hpp>
#include <berth/core/config.hpp>

#include <utility>
#include <vector>

namespace berth::api::http {

BERTH_DECL auto text_cache::text(object::object_ref const& ref) -> std::shared_ptr<std::string const> {
    auto const at = place{ref.object.data(), ref.rev};
    auto& s = shard_of(at);
    {
        auto const lock = std::scoped_lock(s.mutex);
        if (auto const known = s.entries.find(at); known != s.entries.end()) return known->second.text;
    }
    auto written = encode(ref);
    written.shrink_to_fit();
    auto made = entry{ref.object, std::make_shared<std::string const>(std::move(written))};
    auto gone = std::vector<decltype(s.entries.extract(at))>(); // freed when the lock is
    auto const lock = std::scoped_lock(s.mutex);
    auto const [known, is_new] = s.entries.try_emplace(at, made);
    if (!is_new) return known->second.text;
    try {
        s.by_age.push_back(at);
    } catch (...) {
        s.entries.erase(known);
        throw;
    }
    s.bytes += made.bytes();
    for (; s.bytes > room_; s.by_age.pop_front()) {
        gone.push_back(s.entries.extract(s.by_age.front()));
        s.bytes -= gone.back().mapped().bytes();
    }
    return made.text;
}

BERTH_DECL auto text_cache::bytes() const -> std::size_t {
    auto out = std::size_t{0};
    for (auto const& s : shards_) {
        auto const lock = std::scoped_lock(s.mutex);
        out += s.bytes;
    }
    return out;
}

} // namespace berth::api::http
