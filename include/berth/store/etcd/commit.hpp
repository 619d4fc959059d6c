#pragma once

/// \file
/// How `basic_etcd` does a batch of transactions.

#include <berth/core/error.hpp>
#include <berth/store/detail/check_txn.hpp>
#include <berth/store/errors.hpp>
#include <berth/store/etcd/client.hpp>
#include <berth/store/etcd/decode.hpp>
#include <berth/store/etcd/joined.hpp>
#include <berth/store/etcd/merging.hpp>
#include <berth/store/etcd/protocol.hpp>
#include <berth/store/etcd/state.hpp>
#include <berth/store/types.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::detail {

/// Whether a transaction orders values, which etcd would do by their bytes.
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
        : store_(store), batch_(batch), answers_(batch.size()), fields_(batch.size()) {}

    [[nodiscard]] auto run() -> std::vector<answer> {
        for (std::size_t i = 0; i < batch_.size(); ++i) {
            if (auto checked = check(batch_[i]); !checked) {
                answers_[i] = std::unexpected(std::move(checked.error()));
            } else {
                fields_[i] = fields_of(batch_[i], store_.codec);
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

    /// Each is one call, one after the other.
    auto run_pipelined(std::span<std::size_t const> which) -> void {
        if (which.empty()) return;
        auto calls = std::vector<etcd_call>{};
        for (auto const i : which) append(calls.emplace_back(rpc::txn, std::string{}).message, fields_[i]);
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
                if (!group.add(batch_[i], fields_[i].size())) break;
            }
            auto const which = rest.first(group.size());
            rest = rest.subspan(group.size());
            if (which.size() == 1 || !run_as_one(which)) run_pipelined(which);
        }
    }

    /// What became of several that were sent as one.
    enum class fate : std::uint8_t {
        done,    ///< each has its answer
        refused, ///< each must be done for itself
        unmet,   ///< nothing was done, since some comparison does not hold
    };

    /// Does several as one. Most comparisons hold most of the time: so a flat transaction is tried, which
    /// costs the servers half as much as one with others inside. Once that was in vain, the others of the
    /// batch are nested at once.
    auto run_as_one(std::span<std::size_t const> which) -> bool {
        auto became = fate::unmet;
        if (hopeful_) {
            auto size = flat_size<V>{};
            for (auto const i : which) size.add(batch_[i]);
            if (size.fits(store_.options.max_txn_operations)) {
                became = run_flat(which);
                hopeful_ = became != fate::unmet;
            }
        }
        if (became == fate::unmet) became = run_nested(which);
        return became == fate::done;
    }

    auto run_flat(std::span<std::size_t const> which) -> fate {
        auto fields = txn_fields{};
        auto whole = txn<V>{};
        for (auto const i : which) {
            fields.join(fields_[i]);
            whole.then.insert(whole.then.end(), batch_[i].then.begin(), batch_[i].then.end());
        }
        auto read = ask_for_all(which, fields, whole);
        if (!read) return read.error();
        auto const changed = read->changed;
        auto all = accept(std::move(*read), whole);
        if (!all->succeeded) return fate::unmet;
        auto parts = flat_answer<V>{std::move(*all), changed};
        for (auto const i : which) answers_[i] = parts.next(batch_[i]);
        return fate::done;
    }

    auto run_nested(std::span<std::size_t const> which) -> fate {
        auto fields = txn_fields{};
        auto whole = txn<V>{};
        for (auto const i : which) {
            auto step = message_writer{fields.then};
            step.message(field::txn_request::success, [&] {
                step.message(field::operation::txn, [&] { append(fields.then, fields_[i]); });
            });
            whole.then.emplace_back(batch_[i]);
        }
        auto read = ask_for_all(which, fields, whole);
        if (!read) return read.error();
        auto const all = accept(std::move(*read), whole);
        for (std::size_t n = 0; n < which.size(); ++n) answers_[which[n]] = all->replies[n].nested();
        return fate::done;
    }

    /// The answer to a transaction that stands for several. Where there is none, and nobody can say whether
    /// it was done, that is the answer to each.
    auto ask_for_all(std::span<std::size_t const> which, txn_fields const& fields, txn<V> const& whole)
        -> std::expected<decoded<txn_reply<V>>, fate> {
        auto body = std::string{};
        append(body, fields);
        auto const kind = only_reads(whole) ? effect::read : effect::write;
        auto done = store_.client.ask(kind, rpc::txn, body);
        if (!done) {
            auto const code = done.error().code;
            if (code != error_code::timeout && code != error_code::unavailable)
                return std::unexpected(fate::refused);
            return std::unexpected(fail_all(which, done.error()));
        }
        auto read = decode_txn(*done, whole, store_.codec);
        if (!read) return std::unexpected(fail_all(which, read.error()));
        return std::move(*read);
    }
    auto fail_all(std::span<std::size_t const> which, error const& why) -> fate {
        for (auto const i : which) answers_[i] = std::unexpected(why);
        return fate::done;
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
    std::vector<txn_fields> fields_;
    std::vector<std::size_t> good_; ///< those that were not refused on this side
    bool hopeful_ = true;           ///< no comparison of a flat transaction has failed
    bool changed_ = false;
};

} // namespace berth::store::detail
