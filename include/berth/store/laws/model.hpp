#pragma once

/// \file
/// The specification as a program: a versioned store that keeps a whole copy of its state for each revision,
/// and does everything in the most obvious way. Slow on purpose; other stores are compared with it.

#include <berth/core/error.hpp>
#include <berth/store/types.hpp>
#include <berth/store/watch.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace berth::store::laws {

/// What a versioned store must be indistinguishable from. Messages of its errors are empty: only the codes
/// count.
template <class V> class model {
public:
    using state = std::map<std::string, key_value<V>>;

    [[nodiscard]] auto revision() const -> revision_number {
        return static_cast<revision_number>(states_.size()) - 1;
    }
    [[nodiscard]] auto compacted() const -> revision_number { return compacted_; }

    [[nodiscard]] auto range(range_request const& q) const -> result<range_reply<V>> {
        if (q.key.empty()) return fail(error_code::bad_request, "");
        if (auto code = unreadable(q.revision)) return fail(*code, "");
        return read(states_.back(), revision(), q);
    }

    auto commit(txn<V> const& t) -> result<txn_reply<V>> {
        for (auto const* branch : {&t.then, &t.otherwise}) {
            for (auto const& line : paths(*branch)) {
                if (writes_twice(line)) return fail(error_code::bad_request, "");
            }
        }
        if (auto code = refusal(t)) return fail(*code, "");
        auto work = attempt{states_.back(), {}};
        auto out = apply(work, t);
        if (!work.events.empty()) {
            states_.push_back(std::move(work.now));
            events_.push_back(std::move(work.events));
        }
        return out;
    }

    auto compact(revision_number at) -> result<void> {
        if (at <= compacted_) return fail(error_code::expired, "");
        if (at > revision()) return fail(error_code::future_revision, "");
        compacted_ = at;
        return {};
    }

    /// The events that a watch must deliver of the revisions `first` to `last`, previous pairs filled in.
    [[nodiscard]] auto events(watch_request const& w, revision_number first, revision_number last) const
        -> std::vector<event<V>> {
        auto out = std::vector<event<V>>{};
        for (auto at = std::max(first, w.start); at <= std::min(last, revision()); ++at) {
            for (auto const& e : events_[static_cast<std::size_t>(at)]) {
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

    /// The first reason to refuse among the steps that would be done.
    [[nodiscard]] auto refusal(txn<V> const& t) const -> std::optional<error_code> {
        for (auto const& step : holds(t) ? t.then : t.otherwise) {
            auto code = std::optional<error_code>{};
            if (auto const* r = std::get_if<range_request>(&step.request)) code = unreadable(r->revision);
            if (auto const* n = std::get_if<txn<V>>(&step.request)) code = refusal(*n);
            if (auto const* p = std::get_if<put_request<V>>(&step.request)) {
                if (p->ignore_value && !states_.back().contains(p->key)) code = error_code::bad_request;
            }
            if (code) return code;
        }
        return std::nullopt;
    }

    /// Judged on the last state: nothing of a transaction is visible before it is committed.
    [[nodiscard]] auto holds(txn<V> const& t) const -> bool {
        return std::all_of(t.when.begin(), t.when.end(), [&](compare<V> const& c) {
            auto any = false;
            for (auto const& [key, kv] : states_.back()) {
                if (!c.keys().contains(key)) continue;
                any = true;
                if (!holds(kv, c)) return false;
            }
            return any || (c.target != compare_target::value && holds(key_value<V>{}, c));
        });
    }
    [[nodiscard]] static auto holds(key_value<V> const& kv, compare<V> const& c) -> bool {
        if (c.target == compare_target::value) return (kv.value() == c.value) == (c.is == comparison::equal);
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
        auto const& from = q.revision > 0 ? states_[static_cast<std::size_t>(q.revision)] : now;
        auto out = range_reply<V>{.revision = answered};
        for (auto const& [key, kv] : from) {
            if (!q.keys().contains(key)) continue;
            ++out.count;
            if (q.count_only) continue;
            if (q.limit > 0 && out.count > q.limit) {
                out.more = true;
            } else if (q.keys_only) {
                out.kvs.push_back(key_value<V>::make(
                    key, {kv.mod_revision(), kv.create_revision(), kv.version(), kv.lease()}, V{}));
            } else {
                out.kvs.push_back(kv);
            }
        }
        return out;
    }

    auto write(attempt& work, std::string const& key, V value) const -> void {
        auto const next = revision() + 1;
        auto const before = work.now.contains(key) ? work.now[key] : key_value<V>{};
        auto const create = before ? before.create_revision() : next;
        work.now[key] = key_value<V>::make(key, {next, create, before.version() + 1, 0}, std::move(value));
        work.events.push_back({event_type::put, work.now[key], before});
    }

    auto apply(attempt& work, txn<V> const& t) const -> txn_reply<V> {
        auto out = txn_reply<V>{.succeeded = holds(t)};
        auto const current = [&] { return revision() + (work.events.empty() ? 0 : 1); };
        for (auto const& step : out.succeeded ? t.then : t.otherwise) {
            if (auto const* r = std::get_if<range_request>(&step.request)) {
                out.replies.push_back({read(work.now, current(), *r)});
            } else if (auto const* p = std::get_if<put_request<V>>(&step.request)) {
                auto reply = put_reply<V>{};
                auto const before = work.now.contains(p->key) ? work.now[p->key] : key_value<V>{};
                if (p->want_previous) reply.previous = before;
                write(work, p->key, p->ignore_value ? before.value() : p->value);
                reply.revision = current();
                out.replies.push_back({std::move(reply)});
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

    std::vector<state> states_{state{}, state{}};  ///< by revision; there is no revision 0
    std::vector<std::vector<event<V>>> events_{2}; ///< by revision
    revision_number compacted_ = 0;
};

} // namespace berth::store::laws
