#pragma once

/// \file
/// Events: what components tell people about objects, counted instead of repeated (client-go 1.36,
/// `tools/record`).

#include <berth/api/client.hpp>
#include <berth/api/errors.hpp>
#include <berth/kube/core/event/type.hpp>
#include <berth/reconcile/plan.hpp>

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace berth::kube {

/// Who tells.
struct event_reporter {
    std::string component; ///< e.g. `default-scheduler`
    std::string host;      ///< the node, if the component is one of a node
};

/// Writes notes as Event objects. The same thing told again is counted on the event that tells it already.
/// Safe to call from several threads; the client must outlive it. An event that cannot be written is dropped:
/// events are for people, and nothing waits for them.
template <api::client Client> class event_recorder {
public:
    event_recorder(Client& client, event_reporter by) : client_(&client), by_(std::move(by)) {}

    auto operator()(reconcile::note const& n, time_point now) -> void { record(n, {}, now); }

    /// Tells of a part of an object: `field_path` is e.g. `spec.containers{main}`.
    auto record(reconcile::note const& n, std::string const& field_path, time_point now) -> void {
        auto const lock = std::scoped_lock(mutex_);
        auto text = n.regarding.where.to_string() + '\n' + n.regarding.uid + '\n' + field_path + '\n' +
                    n.type + '\n' + n.reason + '\n' + n.message;
        if (auto const known = told_.find(text); known != told_.end() && count(known->second, now)) return;
        auto e = made(n, field_path, now);
        auto const written = api::create(*client_, e);
        if (!written) return;
        if (told_.size() >= remembered) told_.clear();
        told_[std::move(text)] = {{e.metadata.namespace_, e.metadata.name}, 1};
    }

private:
    static constexpr std::size_t remembered = 4096;
    static constexpr std::size_t longest_name = 253;
    static constexpr std::size_t longest_message = 1024; ///< in bytes

    struct entry {
        object::key where;
        std::int32_t count = 0;
    };

    /// Counts an event that is there; answers false if it is gone.
    auto count(entry& e, time_point now) -> bool {
        auto body = R"({"count":)" + std::to_string(e.count + 1) + R"(,"lastTimestamp":")" +
                    object::timestamp(now).to_string() + "\"}";
        if (!api::patch_object(*client_, event::resource, e.where, {api::patch_type::merge, std::move(body)}))
            return false;
        ++e.count;
        return true;
    }

    /// A message no longer than the API takes, cut between characters.
    static auto shortened(std::string text) -> std::string {
        constexpr std::string_view more = " ...";
        if (text.size() <= longest_message) return text;
        auto end = longest_message - more.size();
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
        return text.substr(0, end) += more;
    }

    auto made(reconcile::note const& n, std::string const& field_path, time_point now) -> event {
        constexpr std::string_view digits = "0123456789abcdef";
        auto e = event{};
        auto suffix = std::string();
        for (auto bits = static_cast<std::uint64_t>(now.nanoseconds) + sequence_++; bits != 0; bits >>= 4U)
            suffix.insert(suffix.begin(), digits[bits & 15U]);
        auto const& r = *n.regarding.resource;
        auto const& about = n.regarding.where.name;
        e.metadata.name = (about.size() + suffix.size() < longest_name ? about : "event") + "." + suffix;
        e.metadata.namespace_ =
            n.regarding.where.namespace_.empty() ? "default" : n.regarding.where.namespace_;
        e.involved_object.kind = r.kind;
        e.involved_object.api_version = api::api_version(r);
        e.involved_object.namespace_ = n.regarding.where.namespace_;
        e.involved_object.name = n.regarding.where.name;
        e.involved_object.uid = n.regarding.uid;
        e.involved_object.field_path = field_path;
        e.reason = n.reason;
        e.message = shortened(n.message);
        e.source.component = by_.component;
        e.source.host = by_.host;
        e.first_timestamp = e.last_timestamp = object::timestamp(now);
        e.count = 1;
        e.type = n.type;
        e.reporting_component = by_.component;
        e.reporting_instance = by_.host;
        return e;
    }

    Client* client_;
    event_reporter by_;
    std::mutex mutex_;
    std::unordered_map<std::string, entry> told_;
    std::uint64_t sequence_ = 0;
};

} // namespace berth::kube
