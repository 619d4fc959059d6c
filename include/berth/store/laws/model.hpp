#pragma once

/// \file
/// The specification as a program: a versioned store that keeps a whole copy of its state for each revision,
/// and does everything in the most obvious way. Slow on purpose; other stores are compared with it.

#include <berth/core/error.hpp>
#include <berth/store/lease.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::laws {

/// What a versioned store must be indistinguishable from. Messages of its errors are empty: only the codes
/// count. It has no clock: a lease lives until it is revoked, and no wish for one is raised.
template <class V> class model {
public:
    using state = std::map<std::string, key_value<V>>;

    /// Whether values can be ordered with `<`.
    static constexpr bool ordered = requires(V const& a, V const& b) {
        { a < b } -> std::convertible_to<bool>;
    };

    [[nodiscard]] auto revision() const -> revision_number { return states_.rbegin()->first; }
    [[nodiscard]] auto compacted() const -> revision_number { return compacted_; }
    /// The newest state.
    [[nodiscard]] auto present() const -> state const& { return states_.rbegin()->second; }
    /// Forgets all but the newest state, so that copies are small. What is older may not be read or watched.
    auto forget_the_past() -> void {
        states_.erase(states_.begin(), std::prev(states_.end()));
        events_.erase(events_.begin(), std::prev(events_.end()));
    }

    [[nodiscard]] auto range(range_request const& q) const -> result<range_reply<V>> {
        if (q.key.empty() || (q.sort_by == sort_target::value && !ordered))
            return fail(error_code::bad_request, "");
        if (auto code = unreadable(q.revision)) return fail(*code, "");
        return read(present(), revision(), q);
    }

    auto commit(txn<V> const& t) -> result<txn_reply<V>> {
        if (!has_order(t)) return fail(error_code::bad_request, "");
        for (auto const* branch : {&t.then, &t.otherwise}) {
            for (auto const& line : paths(*branch)) {
                if (writes_twice(line)) return fail(error_code::bad_request, "");
            }
        }
        if (auto code = refusal(t, false)) return fail(*code, "");
        if (auto code = refusal(t, true)) return fail(*code, "");
        auto work = attempt{present(), {}};
        auto out = apply(work, t);
        finish(std::move(work));
        return out;
    }

    auto compact(revision_number at) -> result<void> {
        if (at <= compacted_) return fail(error_code::expired, "");
        if (at > revision()) return fail(error_code::future_revision, "");
        compacted_ = at;
        return {};
    }

    /// `request.id` must be given: what a store chooses is its own affair.
    auto grant(lease_request const& request) -> result<lease_grant> {
        if (request.ttl > greatest_ttl) return fail(error_code::bad_request, "");
        if (!leases_.emplace(request.id, request.ttl).second) return fail(error_code::already_exists, "");
        return lease_grant{request.id, request.ttl};
    }
    [[nodiscard]] auto keep_alive(lease_id id) const -> result<lease_grant> {
        auto const found = leases_.find(id);
        if (found == leases_.end()) return fail(error_code::not_found, "");
        return lease_grant{id, found->second};
    }
    /// Deletes what hangs on a lease, as one revision.
    auto revoke(lease_id id) -> result<revision_number> {
        if (leases_.erase(id) == 0) return fail(error_code::not_found, "");
        auto work = attempt{present(), {}};
        for (auto const& key : keys_of(id)) static_cast<void>(erase(work, {.key = key}));
        finish(std::move(work));
        return revision();
    }
    /// As if no time had passed since the grant.
    [[nodiscard]] auto time_to_live(lease_id id, bool with_keys) const -> result<lease_status> {
        auto const found = leases_.find(id);
        if (found == leases_.end()) return fail(error_code::not_found, "");
        auto const keys = with_keys ? keys_of(id) : std::vector<std::string>{};
        return lease_status{id, found->second, found->second, keys};
    }
    [[nodiscard]] auto leases() const -> std::vector<lease_id> {
        auto out = std::vector<lease_id>{};
        for (auto const& [id, ttl] : leases_) out.push_back(id);
        return out;
    }

    /// The events that a watch must deliver of the revisions `first` to `last`, previous pairs filled in.
    [[nodiscard]] auto events(watch_request const& w, revision_number first, revision_number last) const
        -> std::vector<event<V>> {
        auto out = std::vector<event<V>>{};
        for (auto at = std::max({first, w.start, events_.begin()->first}); at <= std::min(last, revision());
             ++at) {
            for (auto const& e : events_.at(at)) {
                if (!w.keys().contains(e.kv.key())) continue;
                if (e.type == event_type::put ? w.skip_puts : w.skip_deletes) continue;
                out.push_back(e);
                if (!w.want_previous) out.back().previous = {};
            }
        }
        return out;
    }

private:
    struct attempt {
        state now;
        std::vector<event<V>> events;
    };
    struct written {
        key_range keys;
        bool is_put = false;
    };
    using path = std::vector<written>;

    auto finish(attempt work) -> void {
        if (work.events.empty()) return;
        auto const next = revision() + 1;
        states_.emplace(next, std::move(work.now));
        events_.emplace(next, std::move(work.events));
    }

    [[nodiscard]] auto keys_of(lease_id id) const -> std::vector<std::string> {
        auto out = std::vector<std::string>{};
        for (auto const& [key, kv] : present()) {
            if (kv.lease() == id) out.push_back(key);
        }
        return out;
    }

    /// Whether a transaction asks for no order of values that have none.
    [[nodiscard]] static auto has_order(txn<V> const& t) -> bool {
        auto const good = [](operation<V> const& step) {
            auto const* r = std::get_if<range_request>(&step.request);
            auto const* n = std::get_if<txn<V>>(&step.request);
            return n != nullptr ? has_order(*n) : r == nullptr || r->sort_by != sort_target::value;
        };
        return ordered || (std::all_of(t.then.begin(), t.then.end(), good) &&
                           std::all_of(t.otherwise.begin(), t.otherwise.end(), good));
    }

    [[nodiscard]] auto unreadable(revision_number at) const -> std::optional<error_code> {
        if (at > revision()) return error_code::future_revision;
        if (at > 0 && at < compacted_) return error_code::expired;
        return std::nullopt;
    }

    /// Every straight line of writes that a branch can come to, depending on what its nested transactions
    /// decide.
    [[nodiscard]] static auto paths(std::vector<operation<V>> const& steps) -> std::vector<path> {
        auto out = std::vector<path>{path{}};
        for (auto const& step : steps) {
            auto options = std::vector<path>{path{}};
            if (auto const* p = std::get_if<put_request<V>>(&step.request)) {
                options = {path{{{p->key, {}}, true}}};
            } else if (auto const* e = std::get_if<erase_request>(&step.request)) {
                options = {path{{e->keys(), false}}};
            } else if (auto const* n = std::get_if<txn<V>>(&step.request)) {
                options = paths(n->then);
                for (auto& other : paths(n->otherwise)) options.push_back(std::move(other));
            }
            auto longer = std::vector<path>{};
            for (auto const& head : out) {
                for (auto const& tail : options) {
                    longer.push_back(head);
                    longer.back().insert(longer.back().end(), tail.begin(), tail.end());
                }
            }
            out = std::move(longer);
        }
        return out;
    }
    [[nodiscard]] static auto writes_twice(path const& line) -> bool {
        for (std::size_t i = 0; i < line.size(); ++i) {
            for (std::size_t j = 0; j < line.size(); ++j) {
                if (i != j && line[i].is_put && line[j].keys.contains(line[i].keys.begin)) return true;
            }
        }
        return false;
    }

    /// The first reason to refuse among the steps that would be done: of the ranges, or of the others. (Puts
    /// are judged before ranges, wherever they stand.)
    [[nodiscard]] auto refusal(txn<V> const& t, bool of_ranges) const -> std::optional<error_code> {
        for (auto const& step : holds(t) ? t.then : t.otherwise) {
            auto code = std::optional<error_code>{};
            if (auto const* r = std::get_if<range_request>(&step.request); r != nullptr && of_ranges)
                code = unreadable(r->revision);
            if (auto const* n = std::get_if<txn<V>>(&step.request)) code = refusal(*n, of_ranges);
            if (auto const* p = std::get_if<put_request<V>>(&step.request); p != nullptr && !of_ranges) {
                if (p->lease != 0 && !leases_.contains(p->lease)) code = error_code::not_found;
                if ((p->ignore_value || p->ignore_lease) && !present().contains(p->key))
                    code = error_code::bad_request;
            }
            if (code) return code;
        }
        return std::nullopt;
    }

    /// Judged on the last state: nothing of a transaction is visible before it is committed.
    [[nodiscard]] auto holds(txn<V> const& t) const -> bool {
        return std::all_of(t.when.begin(), t.when.end(), [&](compare<V> const& c) {
            auto any = false;
            for (auto const& [key, kv] : present()) {
                if (!c.keys().contains(key)) continue;
                any = true;
                if (!holds(kv, c)) return false;
            }
            return any || (c.target != compare_target::value && holds(key_value<V>{}, c));
        });
    }
    [[nodiscard]] static auto holds(key_value<V> const& kv, compare<V> const& c) -> bool {
        if (c.target == compare_target::value) {
            if constexpr (ordered) {
                if (c.is == comparison::less) return kv.value() < c.value;
                if (c.is == comparison::greater) return c.value < kv.value();
            }
            return (kv.value() == c.value) == (c.is == comparison::equal);
        }
        auto const number = c.target == compare_target::version  ? kv.version()
                            : c.target == compare_target::create ? kv.create_revision()
                            : c.target == compare_target::mod    ? kv.mod_revision()
                                                                 : kv.lease();
        if (c.is == comparison::equal) return number == c.number;
        if (c.is == comparison::not_equal) return number != c.number;
        return c.is == comparison::less ? number < c.number : number > c.number;
    }

    [[nodiscard]] auto read(state const& now, revision_number answered, range_request const& q) const
        -> range_reply<V> {
        auto out = range_reply<V>{.revision = answered};
        for (auto const& [key, kv] : q.revision > 0 ? states_.at(q.revision) : now) {
            if (q.keys().contains(key)) out.kvs.push_back(kv);
        }
        out.count = static_cast<std::int64_t>(out.kvs.size());
        if (q.count_only) {
            out.kvs.clear();
            return out;
        }
        auto const descending = q.order == sort_order::descend;
        std::sort(out.kvs.begin(), out.kvs.end(), [&](auto const& a, auto const& b) {
            if (precedes(a, b, q.sort_by)) return !descending;
            if (precedes(b, a, q.sort_by)) return descending;
            return a.key() < b.key();
        });
        out.more = q.limit > 0 && out.count > q.limit;
        if (out.more) out.kvs.resize(static_cast<std::size_t>(q.limit));
        if (!q.keys_only) return out;
        for (auto& kv : out.kvs) {
            kv = key_value<V>::make(kv.key(), kv.numbers(), V{});
        }
        return out;
    }
    [[nodiscard]] static auto precedes(key_value<V> const& a, key_value<V> const& b, sort_target by) -> bool {
        switch (by) {
        case sort_target::key: return a.key() < b.key();
        case sort_target::version: return a.version() < b.version();
        case sort_target::create: return a.create_revision() < b.create_revision();
        case sort_target::mod: return a.mod_revision() < b.mod_revision();
        case sort_target::value:
            if constexpr (ordered) return a.value() < b.value();
        }
        return false;
    }

    auto write(attempt& work, put_request<V> const& p) const -> put_reply<V> {
        auto const next = revision() + 1;
        auto const before = work.now.contains(p.key) ? work.now[p.key] : key_value<V>{};
        auto const create = before ? before.create_revision() : next;
        auto const lease = p.ignore_lease ? before.lease() : p.lease;
        work.now[p.key] = key_value<V>::make(p.key, {next, create, before.version() + 1, lease},
                                             p.ignore_value ? before.value() : p.value);
        work.events.push_back({event_type::put, work.now[p.key], before});
        return {.previous = p.want_previous ? before : key_value<V>{}, .revision = next};
    }

    auto apply(attempt& work, txn<V> const& t) const -> txn_reply<V> {
        auto out = txn_reply<V>{.succeeded = holds(t)};
        auto const current = [&] { return revision() + (work.events.empty() ? 0 : 1); };
        for (auto const& step : out.succeeded ? t.then : t.otherwise) {
            if (auto const* r = std::get_if<range_request>(&step.request)) {
                out.replies.push_back({read(work.now, current(), *r)});
            } else if (auto const* p = std::get_if<put_request<V>>(&step.request)) {
                out.replies.push_back({write(work, *p)});
            } else if (auto const* e = std::get_if<erase_request>(&step.request)) {
                out.replies.push_back({erase(work, *e)});
                std::get<erase_reply<V>>(out.replies.back().reply).revision = current();
            } else {
                out.replies.push_back({apply(work, std::get<txn<V>>(step.request))});
            }
        }
        out.revision = current();
        return out;
    }

    auto erase(attempt& work, erase_request const& e) const -> erase_reply<V> {
        auto out = erase_reply<V>{};
        for (auto i = work.now.begin(); i != work.now.end();) {
            if (!e.keys().contains(i->first)) {
                ++i;
                continue;
            }
            ++out.deleted;
            if (e.want_previous) out.previous.push_back(i->second);
            auto gone = key_value<V>::make(i->first, {.mod = revision() + 1}, V{});
            work.events.push_back({event_type::erase, std::move(gone), i->second});
            i = work.now.erase(i);
        }
        return out;
    }

    std::map<revision_number, state> states_{{1, {}}};
    std::map<revision_number, std::vector<event<V>>> events_{{1, {}}};
    std::map<lease_id, std::int64_t> leases_{}; ///< what each was granted, in seconds
    revision_number compacted_ = 0;
};

} // namespace berth::store::laws
