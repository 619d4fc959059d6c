#pragma once

/// \file
/// Events: what components tell people about objects, counted instead of repeated (client-go 1.36,
/// `tools/record`).

#include <berth/api/any_client.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/reconcile/plan.hpp>

#include <array>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace berth::kube {

/// Who tells.
struct event_reporter {
    std::string component; ///< e.g. `default-scheduler`
    std::string host;      ///< the node, if the component is one of a node
};

/// How a recorder works.
struct event_recorder_options {
    std::size_t remembered = 4096; ///< how many things that were told it can count, and of how many objects
    std::size_t batch =
        1; ///< how many events are written at once; more than one: see `event_recorder::flush`
};

/// Writes notes as Event objects. The same thing told again is counted on the event that tells it already;
/// where much is told of an object that differs in its message alone, it is combined (ten messages within ten
/// minutes). Of one object at most 25 things are told at once, and then one in five minutes: the rest is
/// dropped. Safe to call from several threads; the client must outlive it. An event that cannot be written is
/// dropped: events are for people, and nothing waits for them.
class event_recorder {
public:
    event_recorder(api::any_client client, event_reporter by, event_recorder_options options = {});

    auto operator()(reconcile::note const& n, time_point now) -> void { record(n, {}, now); }

    /// Tells of a part of an object: `field_path` is e.g. `spec.containers{main}`.
    auto record(reconcile::note const& n, std::string const& field_path, time_point now) -> void {
        record(n, field_path, by_.host, now);
    }
    /// The same for a component of another node.
    auto record(reconcile::note const& n, std::string const& field_path, std::string const& host,
                time_point now) -> void;

    /// Writes what waits to be written. Where events are written in batches, whoever tells must call it when
    /// there is nothing more to tell at the moment; a full batch is written anyhow.
    auto flush() -> void;

private:
    static constexpr std::size_t longest_name = 253;
    static constexpr std::size_t longest_message = 1024; ///< in bytes

    /// Stands for a text that is told apart from others and never shown: for 128 bits of it, since there may
    /// be very many.
    struct fingerprint {
        std::array<std::uint64_t, 2> bits;

        explicit fingerprint(std::string_view text);
        friend auto operator==(fingerprint, fingerprint) -> bool = default;
    };
    struct fingerprint_hash {
        auto operator()(fingerprint f) const -> std::size_t { return static_cast<std::size_t>(f.bits[0]); }
    };
    template <class V> using table = std::unordered_map<fingerprint, V, fingerprint_hash>;

    /// An event that is there, of an object that is known where it is looked for.
    struct entry {
        std::uint64_t number = 0; ///< in its name
        std::int32_t count = 0;
    };
    /// What was told of an object of late for one reason.
    struct similar_notes {
        std::vector<fingerprint> messages; ///< different ones, the latest last
        time_point last;
    };
    /// How much may still be told of an object.
    struct budget {
        double left = 0;
        time_point since;
    };

    /// Counts an event that is there, with another message unless it is empty; answers false if it is gone.
    auto count(entry& e, reconcile::note const& n, std::string_view message, time_point now) -> bool;

    /// Whether one more thing may be told of an object.
    auto spend(fingerprint about, time_point now) -> bool;
    /// Whether a message is one of too many for a reason.
    auto is_one_of_many(fingerprint reason, fingerprint message, time_point now) -> bool;
    /// The entry of a key; another one goes where there are too many.
    template <class Map> auto at(Map& map, fingerprint key) const -> typename Map::mapped_type& {
        if (map.size() >= options_.remembered && !map.contains(key)) map.erase(map.begin());
        return map[key];
    }

    /// A message no longer than the API takes, cut between characters.
    static auto shortened(std::string text) -> std::string;

    /// Where the event of a note is that has a number.
    static auto where_is(reconcile::note const& n, std::uint64_t number) -> object::key;
    auto made(reconcile::note const& n, std::string const& field_path, object::key where, time_point now)
        -> event;
    auto write_waiting() -> void;

    api::any_client client_;
    event_reporter by_;
    event_recorder_options options_;
    std::mutex mutex_;
    table<entry> told_;
    table<similar_notes> similar_;
    table<budget> budgets_;
    std::vector<api::write> waiting_;
    std::vector<fingerprint> waiting_as_; ///< their keys in `told_`
    std::uint64_t sequence_ = 0;
};

} // namespace berth::kube

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/kube/core/event/recorder.ipp>
#endif
