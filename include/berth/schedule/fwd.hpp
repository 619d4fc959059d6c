#pragma once

/// \file
/// The schedule area at a glance: verdicts, filters, scores, profiles, and the functions that use
/// them.

#include <cstddef>
#include <cstdint>

namespace berth::schedule {

enum class grade : std::uint8_t;
enum class scope : std::uint8_t;
enum class stage : std::uint8_t;
class verdict;
class literal_reason;

struct is_filter;
struct is_score;
struct everything;
struct indifference;
template <class F, class G> struct filter_and;
template <class F, class G> struct filter_or;
template <class F> struct filter_not;
template <class S, class T> struct score_sum;
template <class S> struct score_scaled;
template <class Node> struct candidates;
template <auto... Facets> struct reads;
template <auto... Facets> struct surveys;
template <class Node> struct change;
template <class Node> struct arrived;
template <class Node> struct departed;
struct facet_set;
using points = double;

template <class Task, class Node> class any_filter;
template <class Task, class Node> class any_score;

struct lowest_index;
struct seeded_tie;
struct min_max;
struct by_greatest;
struct by_greatest_cost;

class permission;
template <class Victim> struct eviction;
template <class Filter, class State, class Task, class Node, class Prepare, class Outlook> class what_if;
struct nobody;
struct as_they_are;
template <class... Profiles> struct policies;

struct placement;
struct node_refusal;
struct refusal;
struct workspace;
struct explanation;
struct back_off;
struct queueing_hint;
struct ticket;
struct no_shell;
template <class Victim> struct failure;
template <class Task, class Order> class waiting_queue;
template <class Task, class Node, class Profile, class Shell> class cycle;

template <std::size_t Resources> class fair_line;
template <std::size_t Resources, class QueueOf, class DemandOf, class Within> class fair_order;
enum class gathering : std::uint8_t;
template <class DomainOf, class RoomOn> struct gang_terms;
struct gang_placement;
struct gang_refusal;
template <class Id> struct gang_membership;
template <class Task, class Node, class Profile, class GangOf, class Terms, class Shell> class gang_cycle;

} // namespace berth::schedule
