#pragma once

/// \file
/// The logs of a machine's containers for the API's `log` subresource: see `api::http::log_source`.

#include <berth/api/http/log.hpp>
#include <berth/core/clock.hpp>
#include <berth/node/logs.hpp>

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace berth::node {

/// Reads logs below one folder. Copies share the same cursors, and may be called from several threads.
class log_service {
public:
    explicit log_service(std::string root) : shared_(std::make_shared<shared>()) {
        shared_->root = std::move(root);
    }

    /// A part of a log. One that is followed has a cursor, named by the part's `next`; cursors that nobody
    /// asks for any more are forgotten when there are too many.
    auto operator()(api::http::log_request const& r) const -> result<api::http::log_part> {
        auto const lock = std::scoped_lock(shared_->mutex);
        auto found = shared_->cursors.find(r.offset);
        if (r.offset != 0 && found == shared_->cursors.end()) return api::http::log_part{{}, r.offset, true};
        if (r.offset == 0) {
            auto opened = open(r);
            if (!opened) return std::unexpected(std::move(opened).error());
            if (shared_->cursors.size() >= most_cursors) shared_->cursors.erase(shared_->cursors.begin());
            found = shared_->cursors.emplace(++shared_->last, *std::move(opened)).first;
        }
        auto part = api::http::log_part{};
        part.next = found->first;
        part.finished = !r.follow || found->second.finished();
        do {
            auto const before = part.text.size();
            part.text += found->second.read();
            if (part.text.size() == before) break;
        } while (!r.follow);
        if (part.finished) shared_->cursors.erase(found);
        return part;
    }

private:
    static constexpr std::size_t most_cursors = 1024;

    struct shared {
        std::mutex mutex;
        std::string root;
        std::map<std::uint64_t, log_reader> cursors;
        std::uint64_t last = 0;
    };

    auto open(api::http::log_request const& r) const -> result<log_reader> {
        auto options = log_options{};
        options.tail_lines = r.tail_lines;
        options.limit_bytes = r.limit_bytes;
        options.timestamps = r.timestamps;
        if (r.since_seconds) options.since = system_clock{}.now() - seconds(*r.since_seconds);
        if (!r.since_time.empty()) {
            auto const t = object::parse_time(r.since_time);
            if (!t) return std::unexpected(t.error());
            options.since = *t;
        }
        auto place = log_place{shared_->root, r.namespace_, r.pod, r.uid, r.container};
        auto opened = open_log(place, r.previous, options);
        if (opened) return opened;
        auto const subject = "container \"" + r.container + "\" in pod \"" + r.pod + "\" ";
        if (r.previous) return api::bad_request("previous terminated " + subject + "not found");
        return api::bad_request(subject + "is waiting to start: ContainerCreating");
    }

    std::shared_ptr<shared> shared_;
};

} // namespace berth::node
