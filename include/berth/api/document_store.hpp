#pragma once

/// \file
/// A store of JSON documents, seen as a store of objects.

#include <berth/api/value_codec.hpp>
#include <berth/core/config.hpp>
#include <berth/store/operations.hpp>
#include <berth/store/versioned_store.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

namespace berth::api {

namespace detail {

/// Requests of a store of objects as those of a store of documents, and replies the other way.
class document_mapping {
public:
    using object_type = object::any_object;
    template <class V> using key_value = store::key_value<V>;

    explicit document_mapping(shared_registry kinds) : codec_(std::move(kinds)) {}

    static auto text(object_type const& o) -> std::string;

    auto pair(key_value<std::string> const& kv) const -> result<key_value<object_type>>;
    auto pairs(std::vector<key_value<std::string>> const& kvs) const
        -> result<std::vector<key_value<object_type>>>;
    auto reply(store::range_reply<std::string> const& r, store::range_request const& asked) const
        -> result<store::range_reply<object_type>>;
    auto reply(store::put_reply<std::string> const& r) const -> result<store::put_reply<object_type>>;
    auto reply(store::erase_reply<std::string> const& r) const -> result<store::erase_reply<object_type>>;
    auto reply(store::txn_reply<std::string> const& r, store::txn<std::string> const& asked) const
        -> result<store::txn_reply<object_type>>;

    static auto request(store::range_request const& r) -> store::operation<std::string>;
    static auto request(store::erase_request const& r) -> store::operation<std::string>;
    static auto request(store::put_request<object_type> const& r) -> store::operation<std::string>;
    static auto request(store::txn<object_type> const& t) -> store::operation<std::string>;
    static auto transaction(store::txn<object_type> const& t) -> store::txn<std::string>;

private:
    object_codec codec_;
};

} // namespace detail

/// A store of text, by reference, as a store of objects: it keeps JSON documents as `object_codec` writes
/// them, and answers `internal` where a text is none. Models `store::versioned_store`. The store must outlive
/// it.
template <store::versioned_store Store> class document_store {
public:
    using value_type = object::any_object;

    /// The store's cursor, its documents read.
    class cursor {
    public:
        cursor(typename Store::cursor c, detail::document_mapping m) : cursor_(std::move(c)), mapping_(m) {}

        [[nodiscard]] auto next() -> store::batch<value_type> {
            auto events = cursor_.next();
            if (!events) return std::unexpected(std::move(events).error());
            auto out = std::vector<store::event<value_type>>();
            for (auto const& e : *events) {
                auto kv = mapping_.pair(e.kv);
                if (!kv) return std::unexpected(std::move(kv).error());
                auto previous = mapping_.pair(e.previous);
                if (!previous) return std::unexpected(std::move(previous).error());
                out.push_back({e.type, *std::move(kv), *std::move(previous)});
            }
            return out;
        }
        [[nodiscard]] auto progress() const -> store::revision_number { return cursor_.progress(); }
        auto on_wake(waker w) -> void { cursor_.on_wake(w); }

    private:
        typename Store::cursor cursor_;
        detail::document_mapping mapping_;
    };

    document_store(Store& store, shared_registry kinds) : store_(&store), mapping_(std::move(kinds)) {}

    [[nodiscard]] auto revision() const { return std::as_const(*store_).revision(); }
    [[nodiscard]] auto compacted() const { return std::as_const(*store_).compacted(); }
    [[nodiscard]] auto changed() -> wake_signal& { return store_->changed(); }

    [[nodiscard]] auto range(store::range_request const& request) const
        -> result<store::range_reply<value_type>> {
        auto found = std::as_const(*store_).range(request);
        if (!found) return std::unexpected(std::move(found).error());
        return mapping_.reply(*found, request);
    }
    auto commit(std::span<store::txn<value_type> const> batch)
        -> std::vector<result<store::txn_reply<value_type>>> {
        auto texts = std::vector<store::txn<std::string>>();
        texts.reserve(batch.size());
        for (auto const& t : batch) texts.push_back(mapping_.transaction(t));
        auto out = std::vector<result<store::txn_reply<value_type>>>();
        out.reserve(batch.size());
        auto done = store_->commit(texts);
        for (std::size_t i = 0; i < done.size(); ++i) {
            if (done[i]) out.push_back(mapping_.reply(*done[i], texts[i]));
            else out.push_back(std::unexpected(std::move(done[i]).error()));
        }
        return out;
    }
    auto compact(store::revision_number at) -> result<void> { return store_->compact(at); }
    [[nodiscard]] auto watch(store::watch_request const& request) -> result<cursor> {
        auto made = store_->watch(request);
        if (!made) return std::unexpected(std::move(made).error());
        return cursor(*std::move(made), mapping_);
    }

    auto grant(store::lease_request const& wish) { return store_->grant(wish); }
    auto keep_alive(store::lease_id id) { return store_->keep_alive(id); }
    auto revoke(store::lease_id id) { return store_->revoke(id); }
    [[nodiscard]] auto time_to_live(store::lease_id id, bool with_keys) const {
        return std::as_const(*store_).time_to_live(id, with_keys);
    }
    [[nodiscard]] auto leases() const { return std::as_const(*store_).leases(); }

private:
    Store* store_;
    detail::document_mapping mapping_;
};

} // namespace berth::api

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/document_store.ipp>
#endif
