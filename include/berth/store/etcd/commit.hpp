#pragma once

/// \file
/// How `basic_etcd` does a batch of transactions.

#include <berth/core/error.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/encode.hpp>
#include <berth/store/etcd/merging.hpp>
#include <berth/store/etcd/state.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// Whether a transaction orders values, which the gateway would do by their bytes.
template <class V> [[nodiscard]] auto orders_values(txn<V> const& t) -> bool {
    auto const by_order = [](compare<V> const& c) {
        return c.target == compare_target::value && (c.is == comparison::less || c.is == comparison::greater);
    };
    if (std::ranges::any_of(t.when, by_order)) return true;
    return std::ranges::any_of(std::initializer_list{&t.then, &t.otherwise}, [](auto const* branch) {
        return std::ranges::any_of(*branch, [](operation<V> const& o) {
            auto const* const range = std::get_if<range_request>(&o.request);
            if (range != nullptr) return range->sort_by == sort_target::value;
            auto const* const nested = std::get_if<txn<V>>(&o.request);
            return nested != nullptr && orders_values(*nested);
        });
    });
}

/// Whether a transaction writes nothing, whatever its comparisons say.
template <class V> [[nodiscard]] auto only_reads(txn<V> const& t) -> bool {
    return std::ranges::all_of(std::initializer_list{&t.then, &t.otherwise}, [](auto const* branch) {
        return std::ranges::all_of(*branch, [](operation<V> const& o) {
            auto const* const nested = std::get_if<txn<V>>(&o.request);
            return nested != nullptr ? only_reads(*nested) : std::holds_alternative<range_request>(o.request);
        });
    });
}

/// Whether a transaction that was done changed a key with a prefix.
template <class V>
[[nodiscard]] auto changes_below(std::string_view root, txn<V> const& asked, txn_reply<V> const& done)
    -> bool {
    auto const& steps = done.succeeded ? asked.then : asked.otherwise;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        auto const& request = steps[i].request;
        auto const& reply = done.replies[i].reply;
        if (auto const* p = std::get_if<put_request<V>>(&request)) {
            if (p->key.starts_with(root)) return true;
        } else if (auto const* e = std::get_if<erase_request>(&request)) {
            if (std::get<erase_reply<V>>(reply).deleted > 0 && is_below(root, e->keys())) return true;
        } else if (auto const* t = std::get_if<txn<V>>(&request)) {
            if (changes_below(root, *t, std::get<txn_reply<V>>(reply))) return true;
        }
    }
    return false;
}

/// One batch under way.
template <class V, class Codec> class etcd_commit {
public:
    using answer = result<txn_reply<V>>;

    etcd_commit(etcd_state<V, Codec>& store, std::span<txn<V> const> batch)
        : store_(store), batch_(batch), answers_(batch.size()), bodies_(batch.size()) {}

    [[nodiscard]] auto run() -> std::vector<answer> {
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            if (auto checked = check(batch_[i]); !checked) {
                answers_[i] = std::unexpected(std::move(checked.error()));
            } else {
                encode(bodies_[i], batch_[i], store_.codec);
                good_.push_back(i);
            }
        }
        if (store_.options.batching == etcd_batching::merged) run_merged();
        else run_pipelined(good_);
        if (!changed_) return std::move(answers_);
        store_.known.announce();
        for (std::size_t i = 0; i < batch_.size(); ++i)
            if (answers_[i])
                wake_watchers(batch_[i], *answers_[i], std::max(answers_[i]->revision, revision_number{1}));
        return std::move(answers_);
    }

private:
    [[nodiscard]] auto check(txn<V> const& t) const -> result<void> {
        if (auto checked = check_request(t, store_.options.max_txn_operations); !checked) return checked;
        if constexpr (!keeps_order<Codec>) {
            if (orders_values(t)) return errors::unordered_values();
        }
        return {};
    }

    /// Wakes who follows a key that a transaction wrote: whether the shared watch is read meanwhile is not
    /// known, and then their next look will do so.
    auto wake_watchers(txn<V> const& asked, txn_reply<V> const& done, revision_number at) -> void {
        auto const& steps = done.succeeded ? asked.then : asked.otherwise;
        for (std::size_t i = 0; i < steps.size(); ++i) {
            auto const& request = steps[i].request;
            if (auto const* p = std::get_if<put_request<V>>(&request)) {
                store_.known.watched.find_in({p->key, {}}, at).notify();
            } else if (auto const* e = std::get_if<erase_request>(&request)) {
                store_.known.watched.find_in(e->keys(), at).notify();
            } else if (auto const* t = std::get_if<txn<V>>(&request)) {
                wake_watchers(*t, done.replies[i].nested(), at);
            }
        }
    }

    /// Each is one call; all are sent ahead.
    auto run_pipelined(std::span<std::size_t const> which) -> void {
        if (which.empty()) return;
        auto calls = std::vector<etcd_call>{};
        for (auto const i : which) calls.push_back({"/v3/kv/txn", std::move(bodies_[i])});
        auto const reads = std::ranges::all_of(which, [&](auto i) { return only_reads(batch_[i]); });
        auto done = store_.client.ask(reads ? effect::read : effect::write, calls);
        for (std::size_t n = 0; n < which.size(); ++n) {
            auto const i = which[n];
            if (!done[n]) {
                answers_[i] = std::unexpected(std::move(done[n].error()));
                continue;
            }
            auto read = decode_txn(*done[n], batch_[i], store_.codec);
            answers_[i] =
                read ? accept(std::move(*read), batch_[i]) : answer{std::unexpected(std::move(read.error()))};
        }
    }

    auto run_merged() -> void {
        for (auto rest = std::span<std::size_t const>{good_}; !rest.empty();) {
            auto group = merge_group{store_.options.max_txn_operations};
            for (auto const i : rest) {
                if (!group.add(batch_[i], bodies_[i].size())) break;
            }
            auto const which = rest.first(group.size());
            rest = rest.subspan(group.size());
            if (which.size() == 1 || !run_as_one(which)) run_pipelined(which);
        }
    }

    /// Does several as one. False if that was refused, so that each must be done for itself.
    auto run_as_one(std::span<std::size_t const> which) -> bool {
        auto text = std::string{};
        {
            auto json = json_writer{text};
            json.list("success", which, [&](std::size_t i) {
                auto step = json_writer{text};
                step["request_txn"] += bodies_[i];
            });
        }
        auto done = store_.client.ask(effect::write, "/v3/kv/txn", std::move(text));
        if (!done) {
            auto const code = done.error().code;
            if (code != error_code::timeout && code != error_code::unavailable) return false;
            for (auto const i : which) answers_[i] = std::unexpected(done.error());
            return true;
        }
        auto whole = txn<V>{};
        for (auto const i : which) whole.then.emplace_back(batch_[i]);
        auto read = decode_txn(*done, whole, store_.codec);
        if (!read) {
            for (auto const i : which) answers_[i] = std::unexpected(read.error());
            return true;
        }
        auto const all = accept(std::move(*read), whole);
        for (std::size_t n = 0; n < which.size(); ++n) answers_[which[n]] = all->replies[n].nested();
        return true;
    }

    [[nodiscard]] auto accept(decoded<txn_reply<V>> read, txn<V> const& asked) -> answer {
        store_.known.saw(read.reply.revision);
        changed_ = changed_ || read.changed;
        auto const& root = store_.options.watch_root;
        if (!root.empty() && changes_below(root, asked, read.reply))
            store_.known.saw_rooted(read.reply.revision);
        return std::move(read.reply);
    }

    etcd_state<V, Codec>& store_;
    std::span<txn<V> const> batch_;
    std::vector<answer> answers_;
    std::vector<std::string> bodies_;
    std::vector<std::size_t> good_; ///< those that were not refused on this side
    bool changed_ = false;
};

} // namespace berth::store::detail
