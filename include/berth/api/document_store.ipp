#pragma once

/// \file
/// The bodies of `berth/api/document_store.hpp`.

#include <berth/api/document_store.hpp>
#include <berth/core/config.hpp>

#include <concepts>
#include <variant>

namespace berth::api::detail {

BERTH_DECL auto document_mapping::text(object_type const& o) -> std::string {
    auto out = std::string();
    object_codec::encode(o, out);
    return out;
}

BERTH_DECL auto document_mapping::pair(key_value<std::string> const& kv) const
    -> result<key_value<object_type>> {
    if (!kv) return key_value<object_type>();
    if (kv.version() == 0) return key_value<object_type>::make(kv.key(), kv.numbers(), {});
    if (kv.value().empty()) return unreadable_object(kv.key(), "it is not JSON");
    auto o = codec_.decode(kv.key(), kv.value());
    if (!o) return std::unexpected(std::move(o).error());
    return key_value<object_type>::make(kv.key(), kv.numbers(), *std::move(o));
}

BERTH_DECL auto document_mapping::pairs(std::vector<key_value<std::string>> const& kvs) const
    -> result<std::vector<key_value<object_type>>> {
    auto out = std::vector<key_value<object_type>>();
    out.reserve(kvs.size());
    for (auto const& kv : kvs) {
        auto one = pair(kv);
        if (!one) return std::unexpected(std::move(one).error());
        out.push_back(*std::move(one));
    }
    return out;
}

BERTH_DECL auto document_mapping::reply(store::range_reply<std::string> const& r,
                                        store::range_request const& asked) const
    -> result<store::range_reply<object_type>> {
    if (asked.keys_only) { // there is nothing to read
        auto keys = store::range_reply<object_type>{{}, r.count, r.more, r.revision};
        for (auto const& kv : r.kvs)
            keys.kvs.push_back(key_value<object_type>::make(kv.key(), kv.numbers(), {}));
        return keys;
    }
    auto kvs = pairs(r.kvs);
    if (!kvs) return std::unexpected(std::move(kvs).error());
    return store::range_reply<object_type>{*std::move(kvs), r.count, r.more, r.revision};
}

BERTH_DECL auto document_mapping::reply(store::put_reply<std::string> const& r) const
    -> result<store::put_reply<object_type>> {
    auto previous = pair(r.previous);
    if (!previous) return std::unexpected(std::move(previous).error());
    return store::put_reply<object_type>{*std::move(previous), r.revision};
}

BERTH_DECL auto document_mapping::reply(store::erase_reply<std::string> const& r) const
    -> result<store::erase_reply<object_type>> {
    auto previous = pairs(r.previous);
    if (!previous) return std::unexpected(std::move(previous).error());
    return store::erase_reply<object_type>{r.deleted, *std::move(previous), r.revision};
}

BERTH_DECL auto document_mapping::reply(store::txn_reply<std::string> const& r,
                                        store::txn<std::string> const& asked) const
    -> result<store::txn_reply<object_type>> {
    auto out = store::txn_reply<object_type>{r.succeeded, r.revision, {}};
    auto const& steps = r.succeeded ? asked.then : asked.otherwise;
    for (std::size_t i = 0; i < r.replies.size(); ++i) {
        auto const map = [&]<class Reply>(Reply const& some) {
            if constexpr (std::same_as<Reply, store::range_reply<std::string>>)
                return reply(some, std::get<store::range_request>(steps[i].request));
            else if constexpr (std::same_as<Reply, store::txn_reply<std::string>>)
                return reply(some, std::get<store::txn<std::string>>(steps[i].request));
            else return reply(some);
        };
        auto ok = std::visit(
            [&](auto const& some) -> result<void> {
                auto mapped = map(some);
                if (!mapped) return std::unexpected(std::move(mapped).error());
                out.replies.push_back({*std::move(mapped)});
                return {};
            },
            r.replies[i].reply);
        if (!ok) return std::unexpected(std::move(ok).error());
    }
    return out;
}

BERTH_DECL auto document_mapping::request(store::range_request const& r) -> store::operation<std::string> {
    return r;
}

BERTH_DECL auto document_mapping::request(store::erase_request const& r) -> store::operation<std::string> {
    return r;
}

BERTH_DECL auto document_mapping::request(store::put_request<object_type> const& r)
    -> store::operation<std::string> {
    return store::put_request<std::string>{r.key,           text(r.value),  r.lease,
                                           r.want_previous, r.ignore_value, r.ignore_lease};
}

BERTH_DECL auto document_mapping::request(store::txn<object_type> const& t) -> store::operation<std::string> {
    return transaction(t);
}

BERTH_DECL auto document_mapping::transaction(store::txn<object_type> const& t) -> store::txn<std::string> {
    auto out = store::txn<std::string>{};
    for (auto const& c : t.when)
        out.when.push_back({c.key, c.range_end, c.target, c.is, c.number, text(c.value)});
    for (auto const& [from, into] : {std::pair{&t.then, &out.then}, std::pair{&t.otherwise, &out.otherwise}})
        for (auto const& step : *from)
            into->push_back(std::visit([](auto const& r) { return request(r); }, step.request));
    return out;
}

} // namespace berth::api::detail
