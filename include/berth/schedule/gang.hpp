#pragma once

/// \file
/// Gangs: tasks that are placed all or not at all, in one transaction on the nodes.
///
/// ```cpp
/// auto const placed = schedule::place_gang(workers, hosts, policy,
///                                          schedule::gang_terms{.together = schedule::gathering::preferred,
///                                                               .domain_of = &host::rack}, work);
/// if (!placed) std::cout << placed.error().text();   // "3 of 4 members fit, and 4 must; member 3: 0/8 nodes
/// ..."
/// ```

#include <berth/schedule/check.hpp>
#include <berth/schedule/detail/walk.hpp>
#include <berth/schedule/leaf.hpp>
#include <berth/schedule/outcome.hpp>
#include <berth/schedule/place.hpp>

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace berth::schedule {

/// Whether the members of a gang are to lie in one domain of nodes (a rack, a zone).
enum class gathering : std::uint8_t {
    anywhere,
    preferred, ///< in one domain if one will do, else anywhere
    required,  ///< in one domain or not at all
};

/// All nodes are one domain.
struct one_domain {
    template <class Node> constexpr auto operator()(Node const&) const -> int { return 0; }
};
/// A node that will do is counted as room for one member.
struct room_for_one {
    template <class Task, class Node> constexpr auto operator()(Task const&, Node const&) const -> int {
        return 1;
    }
};

/// What a gang asks for.
template <class DomainOf = one_domain, class RoomOn = room_for_one> struct gang_terms {
    static constexpr auto all = static_cast<std::size_t>(-1);

    /// How many members must have a place, or none has; by default all. The others are placed too if there is
    /// a place for them.
    std::size_t min_count = all;
    gathering together = gathering::anywhere;
    /// A member or function of nodes whose values are ordered: nodes with equal values are one domain.
    [[no_unique_address]] DomainOf domain_of{};
    /// `(task const&, node const&) -> number`: for how many members like this one, which the node accepts,
    /// there is room on it, as far as one can tell cheaply. Domains are tried in the order of the sum over
    /// their nodes: first the smallest that has room for `min_count`, then the greatest of the others.
    [[no_unique_address]] RoomOn room_on{};
    /// How often more a domain is tried, with the member that had no place moved to the front.
    std::size_t retries = 4;
};

/// Where the members of a gang are. They are entered in the books.
struct gang_placement {
    std::vector<std::optional<placement>> members; ///< by the order of the tasks
    std::size_t placed = 0;                        ///< how many have a place
    std::size_t attempts = 1;                      ///< how many were made
    bool gathered = false;                         ///< whether all lie in one domain, where that was wanted
};

/// Why a gang has no place. Nothing is left in the books.
struct gang_refusal {
    std::size_t members = 0;
    std::size_t min_count = 0; ///< how many had to fit
    std::size_t placed = 0;    ///< how many did, in the best attempt
    std::size_t member = 0;    ///< the first that had no place there
    refusal why{};             ///< its refusal by all nodes; of none if it was denied
    std::string denied{};      ///< what `.reserve` or `.permit` said, if one of them refused
    std::size_t attempts = 0;  ///< how many were made

    /// In one sentence: "3 of 4 members fit, and 4 must; member 3: 0/8 nodes are available: 8 not enough
    /// cpu."
    [[nodiscard]] auto text() const -> std::string {
        auto out = std::to_string(placed) + " of " + std::to_string(members) + " members fit, and " +
                   std::to_string(min_count) + " must";
        if (members == 0 || min_count > members) return out;
        return out + "; member " + std::to_string(member) + ": " + (denied.empty() ? why.summary() : denied);
    }
};

namespace detail {

template <class DomainOf, class Node> constexpr auto domain_value(DomainOf const& of, Node const& node) {
    if constexpr (std::is_member_pointer_v<DomainOf>) return node.*of;
    else return of(node);
}
template <class DomainOf, class Node>
using domain_of_node =
    std::remove_cvref_t<decltype(domain_value(std::declval<DomainOf const&>(), std::declval<Node const&>()))>;

/// Which domain is being tried; all if none is.
template <class Domain> struct domain_in_turn {
    std::optional<Domain> wanted{};
};
template <class DomainOf, class Domain> struct lies_in_domain {
    static constexpr std::string_view name = "in the domain";
    DomainOf of;
    domain_in_turn<Domain> const* turn;

    template <class Task, class Node> auto operator()(Task const&, Node const& node) const -> verdict {
        if (!turn->wanted || domain_value(of, node) == *turn->wanted) return accept;
        return rule_out("in another domain");
    }
};
/// What of a profile decides, for nodes of one domain.
template <class P, class DomainOf, class Domain>
auto within_domain(P const& p, DomainOf const& of, domain_in_turn<Domain> const& turn) {
    auto inside = schedule::filter(lies_in_domain<DomainOf, Domain>{of, &turn});
    using both = filter_and<decltype(inside), decltype(P::filter)>;
    return profile<defaults::always, defaults::as_they_came, decltype(P::prepare), both,
                   defaults::nobody_leaves, decltype(P::score), decltype(P::tie)>{
        .name = p.name,
        .enqueue = {},
        .order = {},
        .prepare = p.prepare,
        .filter = both(std::move(inside), p.filter),
        .preempt = {},
        .score = p.score,
        .tie = p.tie,
    };
}

/// One gang on its way. `TaskAt(i)` is the i-th task, `Way` the walk of the profile.
template <class P, class Way, class Shell, class TaskAt, class Node, class Terms> class gang_attempts {
    using domain = domain_of_node<decltype(Terms::domain_of), Node>;
    using task_type = std::remove_cvref_t<std::invoke_result_t<TaskAt, std::size_t>>;

public:
    gang_attempts(P const& p, Way const& way, Shell const& shell, std::size_t members, TaskAt task_at,
                  std::span<Node> nodes, Terms const& terms, workspace& work)
        : p_(&p), way_(&way), shell_(&shell), task_at_(task_at), nodes_(nodes), terms_(&terms), work_(&work) {
        best_.members = members;
        best_.min_count = terms.min_count == Terms::all ? members : terms.min_count;
    }

    auto run() -> std::expected<gang_placement, gang_refusal> {
        if (best_.members == 0 || best_.min_count > best_.members) return std::unexpected(std::move(best_));
        if (terms_->together != gathering::anywhere) {
            auto const inside = within_domain(*p_, terms_->domain_of, turn_);
            auto const domains = domains_in_order();
            for (auto const* const d : domains) {
                turn_.wanted = *d;
                if (try_with(inside)) return success(true);
            }
            if (domains.empty() && terms_->together == gathering::required) ask_first();
        }
        if (terms_->together != gathering::required && try_with(*p_)) return success(false);
        return std::unexpected(std::move(best_));
    }

private:
    struct domain_room {
        double room = 0;
        bool any = false;
    };

    auto success(bool gathered) -> gang_placement {
        return {std::move(where_), order_of_entry_.size(), best_.attempts, gathered};
    }

    /// Domains with nodes that accept the first member, in the order in which they are to be tried.
    auto domains_in_order() -> std::vector<domain const*> {
        auto const all = std::span<Node const>(nodes_);
        auto const& first = task_at_(0);
        auto const shared = p_->prepare(first, all);
        auto const state = prepare(p_->filter, first, all, shared);
        auto const asked = panel_of<universe_of<P>>(*p_, state, first, all, *shell_);
        for (std::size_t i = 0; i < all.size(); ++i) {
            auto& d = rooms_[domain_value(terms_->domain_of, all[i])];
            if (!asked.accepts(i)) continue;
            d.room += static_cast<double>(terms_->room_on(first, all[i]));
            d.any = true;
        }
        auto out = std::vector<domain const*>{};
        for (auto const& [value, d] : rooms_) // sorted as it grows; domains are few
            if (d.any || best_.min_count < best_.members) insert_by_room(out, value, d.room);
        return out;
    }
    auto insert_by_room(std::vector<domain const*>& out, domain const& value, double room) -> void {
        auto const need = static_cast<double>(best_.min_count);
        auto const goes_before = [&](double a, double b) {
            if ((a >= need) != (b >= need)) return a >= need;
            return a >= need ? a < b : a > b;
        };
        auto at = out.end();
        while (at != out.begin() && goes_before(room, rooms_.find(**(at - 1))->second.room)) --at;
        out.insert(at, &value);
    }

    /// Where there is no domain to try, the first member says why.
    auto ask_first() -> void {
        ++best_.attempts;
        auto record = no_record{};
        auto decided = decide<universe_of<P>>(task_at_(0), std::span<Node const>(nodes_), *p_, *work_, record,
                                              *shell_, [](auto const&, auto const&) {});
        if (!decided) best_.why = std::move(decided.error());
    }
    /// Tries the members in turn; whoever has no place goes first the next time.
    template <class Q> auto try_with(Q const& q) -> bool {
        auto order = std::vector<std::size_t>(best_.members);
        for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
        for (std::size_t n = 0;; ++n) {
            auto const failed = try_once(q, order);
            if (!failed) return true;
            if (*failed == 0 || n == terms_->retries || all_alike()) return false;
            auto const member = order[*failed];
            for (auto i = *failed; i > 0; --i) order[i] = order[i - 1];
            order[0] = member;
        }
    }
    /// Whether another order cannot make a difference.
    [[nodiscard]] auto all_alike() const -> bool {
        if constexpr (std::equality_comparable<task_type>) {
            for (std::size_t i = 1; i < best_.members; ++i)
                if (!(task_at_(i) == task_at_(0))) return false;
            return true;
        } else {
            return false;
        }
    }
    /// One transaction. Where in `order` the first stands who has no place, if too few have one; then nothing
    /// is left in the books.
    template <class Q>
    auto try_once(Q const& q, std::vector<std::size_t> const& order) -> std::optional<std::size_t> {
        ++best_.attempts;
        where_.assign(best_.members, std::nullopt);
        order_of_entry_.clear();
        auto first_failed = std::optional<std::size_t>{};
        auto failure = gang_refusal{};
        for (std::size_t i = 0; i < order.size(); ++i) {
            if (enter(q, order[i], first_failed ? nullptr : &failure)) continue;
            if (!first_failed) first_failed = i;
            if (i + 1 - order_of_entry_.size() > best_.members - best_.min_count) break;
        }
        auto const placed = order_of_entry_.size();
        if (placed >= best_.min_count) return std::nullopt;
        roll_back();
        if (best_.attempts == 1 || placed > best_.placed) {
            best_.placed = placed;
            best_.member = order[*first_failed];
            best_.why = std::move(failure.why);
            best_.denied = std::move(failure.denied);
        }
        return first_failed;
    }
    /// Enters a member where it does best; if nowhere, says why if that is wanted.
    template <class Q> auto enter(Q const& q, std::size_t member, gang_refusal* why) -> bool {
        auto const& task = task_at_(member);
        auto record = no_record{};
        auto decided = decide<universe_of<Q>>(task, std::span<Node const>(nodes_), q, *work_, record, *shell_,
                                              [](auto const&, auto const&) {});
        if (!decided) {
            if (why != nullptr) why->why = std::move(decided.error());
            return false;
        }
        auto& node = nodes_[decided->node];
        if (auto const says = way_->enter(task, node); !says.accepted()) {
            way_->release(task, node);
            if (why != nullptr) why->denied = says.text();
            return false;
        }
        where_[member] = *decided;
        order_of_entry_.push_back(member);
        return true;
    }
    /// The last one leaves first.
    auto roll_back() -> void {
        for (auto i = order_of_entry_.size(); i-- > 0;) {
            auto const member = order_of_entry_[i];
            way_->release(task_at_(member), nodes_[where_[member]->node]);
        }
    }

    P const* p_;
    Way const* way_;
    Shell const* shell_;
    TaskAt task_at_;
    std::span<Node> nodes_;
    Terms const* terms_;
    workspace* work_;
    gang_refusal best_;
    domain_in_turn<domain> turn_;
    std::map<domain, domain_room> rooms_;
    std::vector<std::optional<placement>> where_;
    std::vector<std::size_t> order_of_entry_;
};

/// The gang of the tasks `task_at(0)`, `task_at(1)`, ...
template <class P, class Way, class Shell, class TaskAt, class Node, class Terms>
auto place_gang(P const& p, Way const& way, Shell const& shell, std::size_t members, TaskAt task_at,
                std::span<Node> nodes, Terms const& terms, workspace& work)
    -> std::expected<gang_placement, gang_refusal> {
    constexpr auto can_undo = std::is_same_v<decltype(P::reserve), defaults::no_books> ||
                              !std::is_same_v<decltype(P::release), defaults::no_books_to_mend>;
    static_assert(can_undo, "a gang is placed whole or not at all: profile.reserve needs its counterpart "
                            "profile.release, which takes members out again");
    return gang_attempts<P, Way, Shell, TaskAt, Node, Terms>(p, way, shell, members, task_at, nodes, terms,
                                                             work)
        .run();
}

} // namespace detail

/// Places a gang, or none of it. Each member is placed by the profile's own decision (filter, score, tie) on
/// the nodes as those before it left them, and is entered in their books by `.reserve`; if fewer than
/// `min_count` find a place, `.release` takes all out again, the last one first, and something else is tried:
/// another order of the members, another domain, all nodes. The placement is reserved: the caller binds it,
/// or gives it back by `release_gang`. `.enqueue`, `.preempt`, `.permit` and `.bind` are not asked.
///
/// Bound: each domain, and all nodes as a whole, are tried at most 1 + `retries` times, and each time each
/// member is decided for once: `(domains + 1) * (1 + retries) * members` decisions. Domains without a node
/// for the first member are passed over if all must be placed. Where members are alike (equal, if they can be
/// compared), and what a node accepts depends on that node alone, the first attempt is exact: a gang that
/// fits is found. Otherwise it is a search that may overlook a placement.
template <class Tasks, class Nodes, class Profile, class DomainOf = one_domain, class RoomOn = room_for_one>
[[nodiscard]] auto place_gang(Tasks const& tasks, Nodes& nodes, Profile const& profile,
                              gang_terms<DomainOf, RoomOn> const& terms, workspace& work)
    -> std::expected<gang_placement, gang_refusal> {
    auto const all = std::span(nodes);
    auto const members = std::span(tasks);
    using node = typename decltype(all)::element_type;
    using task = std::remove_cv_t<typename decltype(members)::element_type>;
    constexpr auto good = detail::check_profile<Profile, task, node>();
    if constexpr (good) {
        auto shell = no_shell{};
        auto const way = detail::walk<Profile, no_shell, task, node>(profile, shell);
        auto const at = [&](std::size_t i) -> task const& { return members[i]; };
        return detail::place_gang(profile, way, shell, members.size(), at, std::span<node>(all), terms, work);
    } else {
        return std::unexpected(gang_refusal{});
    }
}

/// Gives back what a gang has reserved, the last member first.
template <class Tasks, class Nodes, class Profile>
auto release_gang(Tasks const& tasks, Nodes& nodes, Profile const& profile, gang_placement const& placed)
    -> void {
    auto const members = std::span(tasks);
    auto const all = std::span(nodes);
    for (auto i = placed.members.size(); i-- > 0;)
        if (placed.members[i]) profile.release(members[i], all[placed.members[i]->node]);
}

} // namespace berth::schedule
