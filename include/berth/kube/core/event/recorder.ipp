#pragma once

/// \file
/// The bodies of `berth/kube/core/event/recorder.hpp`.

#include <berth/api/errors.hpp>
#include <berth/core/config.hpp>
#include <berth/core/fnv.hpp>
#include <berth/kube/core/event/recorder.hpp>
#include <berth/object/encode.hpp>

#include <algorithm>
#include <functional>
#include <utility>

namespace berth::kube {

/// Two hashes that have nothing to do with each other.
BERTH_DECL event_recorder::fingerprint::fingerprint(std::string_view text)
    : bits{fnv1a_64(text), std::hash<std::string_view>()(text)} {}

BERTH_DECL event_recorder::event_recorder(api::any_client client, event_reporter by,
                                          event_recorder_options options)
    : client_(std::move(client)), by_(std::move(by)), options_(options) {}

BERTH_DECL auto event_recorder::record(reconcile::note const& n, std::string const& field_path,
                                       std::string const& host, time_point now) -> void {
    auto const lock = std::scoped_lock(mutex_);
    auto const about = std::string(n.regarding.resource->kind) + '\n' + n.regarding.where.to_string() + '\n' +
                       n.regarding.uid;
    if (!spend(fingerprint(about), now)) return;
    auto const reason = about + '\n' + n.type + '\n' + n.reason;
    auto const combined = is_one_of_many(fingerprint(reason), fingerprint(n.message), now);
    auto const message = shortened((combined ? "(combined from similar events): " : "") + n.message);
    auto const text = fingerprint(combined ? reason : reason + '\n' + field_path + '\n' + n.message);
    if (told_.contains(text)) write_waiting(); // it may be among them
    if (auto const known = told_.find(text);
        known != told_.end() && count(known->second, n, combined ? message : "", now))
        return;
    auto const number = static_cast<std::uint64_t>(now.nanoseconds) + sequence_++;
    auto e = made(n, field_path, where_is(n, number), now);
    e.message = message;
    e.source.host = e.reporting_instance = host;
    at(told_, text) = {number, 1};
    waiting_.push_back(api::create_request{object::any_object(std::move(e))});
    waiting_as_.push_back(text);
    if (waiting_.size() >= options_.batch) write_waiting();
}

BERTH_DECL auto event_recorder::flush() -> void {
    auto const lock = std::scoped_lock(mutex_);
    write_waiting();
}

BERTH_DECL auto event_recorder::write_waiting() -> void {
    if (waiting_.empty()) return;
    auto const answers = client_.commit(waiting_);
    for (std::size_t i = 0; i < answers.size(); ++i)
        if (!answers[i]) told_.erase(waiting_as_[i]);
    waiting_.clear();
    waiting_as_.clear();
}

BERTH_DECL auto event_recorder::spend(fingerprint about, time_point now) -> bool {
    constexpr auto burst = 25.0;
    constexpr auto refill = minutes(5);
    auto& b = at(budgets_, about);
    auto const waited = b.since == time_point{} ? burst * static_cast<double>(refill.nanoseconds)
                                                : static_cast<double>((now - b.since).nanoseconds);
    b.left = std::min(burst, b.left + waited / static_cast<double>(refill.nanoseconds));
    b.since = now;
    if (b.left < 1) return false;
    b.left -= 1;
    return true;
}

BERTH_DECL auto event_recorder::is_one_of_many(fingerprint reason, fingerprint message, time_point now)
    -> bool {
    constexpr auto many = std::size_t{10};
    constexpr auto of_late = minutes(10);
    auto& similar = at(similar_, reason);
    if (now - similar.last > of_late) similar.messages.clear();
    similar.last = now;
    std::erase(similar.messages, message);
    similar.messages.push_back(message);
    if (similar.messages.size() < many) return false;
    similar.messages.erase(similar.messages.begin());
    return true;
}

BERTH_DECL auto event_recorder::count(entry& e, reconcile::note const& n, std::string_view message,
                                      time_point now) -> bool {
    auto body = R"({"count":)" + std::to_string(e.count + 1) + R"(,"lastTimestamp":")" +
                object::timestamp(now).to_string() + '"';
    if (!message.empty()) {
        body += R"(,"message":)";
        object::append_json_string(body, message);
    }
    body += '}';
    auto const where = where_is(n, e.number);
    if (!api::patch_object(client_, event::resource, where, {api::patch_type::merge, std::move(body)}))
        return false;
    ++e.count;
    return true;
}

BERTH_DECL auto event_recorder::shortened(std::string text) -> std::string {
    constexpr std::string_view more = " ...";
    if (text.size() <= longest_message) return text;
    auto end = longest_message - more.size();
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
    return text.substr(0, end) += more;
}

BERTH_DECL auto event_recorder::where_is(reconcile::note const& n, std::uint64_t number) -> object::key {
    constexpr std::string_view digits = "0123456789abcdef";
    auto suffix = std::string();
    for (; number != 0; number >>= 4U) suffix.insert(suffix.begin(), digits[number & 15U]);
    auto const& [space, about] = n.regarding.where;
    return {space.empty() ? "default" : space,
            (about.size() + suffix.size() < longest_name ? about : "event") + "." + suffix};
}

BERTH_DECL auto event_recorder::made(reconcile::note const& n, std::string const& field_path,
                                     object::key where, time_point now) -> event {
    auto e = event{};
    auto const& r = *n.regarding.resource;
    e.metadata.name = std::move(where.name);
    e.metadata.namespace_ = std::move(where.namespace_);
    e.involved_object.kind = r.kind;
    e.involved_object.api_version = api::api_version(r);
    e.involved_object.namespace_ = n.regarding.where.namespace_;
    e.involved_object.name = n.regarding.where.name;
    e.involved_object.uid = n.regarding.uid;
    e.involved_object.field_path = field_path;
    e.reason = n.reason;
    e.source.component = by_.component;
    e.first_timestamp = e.last_timestamp = object::timestamp(now);
    e.count = 1;
    e.type = n.type;
    e.reporting_component = by_.component;
    return e;
}

} // namespace berth::kube
