#pragma once

/// \file
/// What can be asked of a versioned store of strings, as values: so that the same calls can be made on
/// several stores, and recorded.

#include "store/linearizability.hpp"

#include <berth/core/error.hpp>
#include <berth/store/laws/model.hpp>
#include <berth/store/operations.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace berth::tests {

using text_txn = store::txn<std::string>;

struct keep_alive_call {
    store::lease_id id = 0;
};
struct revoke_call {
    store::lease_id id = 0;
};
struct time_to_live_call {
    store::lease_id id = 0;
    bool with_keys = true;
};
struct leases_call {};
struct revision_call {};
struct compact_call {
    store::revision_number at = 0;
};

using text_put = store::put_request<std::string>;
using text_operation = store::operation<std::string>;

using request =
    std::variant<store::range_request, text_txn, text_put, store::erase_request, store::lease_request,
                 keep_alive_call, revoke_call, time_to_live_call, leases_call, revision_call, compact_call>;
using answer =
    std::variant<std::monostate, store::range_reply<std::string>, store::txn_reply<std::string>,
                 store::put_reply<std::string>, store::erase_reply<std::string>, store::lease_grant,
                 store::revision_number, store::lease_status, std::vector<store::lease_id>>;

template <class T> auto as_answer(result<T> r) -> result<answer> {
    if (!r) return std::unexpected(std::move(r.error()));
    return answer{*std::move(r)};
}

namespace detail {

template <class Store> struct asker {
    Store& s;
    auto operator()(store::range_request const& q) -> result<answer> { return as_answer(s.range(q)); }
    auto operator()(text_txn const& t) -> result<answer> {
        if constexpr (store::versioned_store<Store>) return as_answer(store::commit_one(s, t));
        else return as_answer(s.commit(t));
    }
    auto operator()(text_put const& p) -> result<answer> {
        if constexpr (store::versioned_store<Store>) return as_answer(store::put(s, p));
        else return only_step(p);
    }
    auto operator()(store::erase_request const& e) -> result<answer> {
        if constexpr (store::versioned_store<Store>) return as_answer(store::erase(s, e));
        else return only_step(e);
    }
    /// The model has transactions only.
    auto only_step(text_operation step) -> result<answer> {
        auto done = s.commit({.then = {std::move(step)}});
        if (!done) return std::unexpected(std::move(done.error()));
        return std::visit(
            []<class R>(R const& reply) -> result<answer> {
                if constexpr (std::constructible_from<answer, R>) return answer{reply};
                else return answer{};
            },
            done->replies.front().reply);
    }
    auto operator()(store::lease_request const& q) -> result<answer> { return as_answer(s.grant(q)); }
    auto operator()(keep_alive_call c) -> result<answer> { return as_answer(s.keep_alive(c.id)); }
    auto operator()(revoke_call c) -> result<answer> { return as_answer(s.revoke(c.id)); }
    auto operator()(time_to_live_call c) -> result<answer> {
        auto status = s.time_to_live(c.id, c.with_keys);
        if (status && status->ttl >= 0 && status->ttl <= status->granted_ttl)
            status->ttl = status->granted_ttl;
        return as_answer(std::move(status));
    }
    auto operator()(leases_call /*c*/) -> result<answer> {
        return as_answer(result<std::vector<store::lease_id>>{s.leases()});
    }
    auto operator()(revision_call /*c*/) -> result<answer> { return answer{s.revision()}; }
    auto operator()(compact_call c) -> result<answer> {
        if (auto done = s.compact(c.at); !done) return std::unexpected(std::move(done.error()));
        return answer{};
    }
};

} // namespace detail

/// Asks a store, or the model. How much of its time a lease has left is left out: it is given its whole time.
template <class Store> auto ask(Store& s, request const& r) -> result<answer> {
    return std::visit(detail::asker<Store>{s}, r);
}

/// A call on a store, and what it said, if it said anything.
struct store_call {
    request asked;
    std::optional<result<answer>> said{};
};

/// A versioned store as a sequential model: the present of the laws' model. Calls may not read the past.
struct store_model {
    using call = store_call;
    using present = store::laws::model<std::string>;

    struct state {
        std::shared_ptr<present const> now;

        friend auto operator==(state const& a, state const& b) -> bool {
            return a.now == b.now ||
                   (a.now->revision() == b.now->revision() && a.now->compacted() == b.now->compacted() &&
                    a.now->leases() == b.now->leases() && a.now->present() == b.now->present());
        }
    };

    [[nodiscard]] static auto initial() -> state { return {std::make_shared<present>()}; }
    [[nodiscard]] static auto hash(state const& s) -> std::size_t {
        return static_cast<std::size_t>(s.now->revision() * 1'000'003 + s.now->compacted()) * 31U +
               s.now->leases().size();
    }
    [[nodiscard]] static auto step(state const& s, call const& c) -> std::optional<state> {
        if (c.said && !is_possible(s.now->revision(), *c.said)) return std::nullopt;
        auto next = std::make_shared<present>(*s.now);
        auto const expected = ask(*next, c.asked);
        if (c.said && !is_same(expected, *c.said)) return std::nullopt;
        next->forget_the_past();
        return state{std::move(next)};
    }

    /// Equal answers, or refusals of the same kind.
    [[nodiscard]] static auto is_same(result<answer> const& a, result<answer> const& b) -> bool {
        if (a.has_value() != b.has_value()) return false;
        return a ? *a == *b : a.error().code == b.error().code;
    }

private:
    /// A first look at the revision that an answer carries; `step` looks at all of it.
    [[nodiscard]] static auto is_possible(store::revision_number now, result<answer> const& said) -> bool {
        if (!said) return true;
        if (auto const* r = std::get_if<store::range_reply<std::string>>(&*said)) return r->revision == now;
        auto const* t = std::get_if<store::txn_reply<std::string>>(&*said);
        return t == nullptr || t->revision == now || t->revision == now + 1;
    }
};
static_assert(sequential_model<store_model>);

} // namespace berth::tests
