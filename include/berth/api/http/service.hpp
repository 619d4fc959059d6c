#pragma once

/// \file
/// What a request means: the Kubernetes REST API over an API server in the process, as a function from
/// requests to answers. Sockets are `listener.hpp`'s business.

#include <berth/api/authentication.hpp>
#include <berth/api/http/access.hpp>
#include <berth/api/http/body.hpp>
#include <berth/api/http/delete_options.hpp>
#include <berth/api/http/documents.hpp>
#include <berth/api/http/log.hpp>
#include <berth/api/http/render.hpp>
#include <berth/api/http/request_figures.hpp>
#include <berth/api/http/service_options.hpp>
#include <berth/api/protobuf.hpp>
#include <berth/api/server.hpp>
#include <berth/core/config.hpp>

#include <atomic>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace berth::api::http {

namespace detail {

/// When a watch ends by itself, and when it tells how far it has come; in milliseconds since it began.
struct watch_clock {
    std::uint64_t end = 0;
    std::uint64_t next_bookmark = 0; ///< 0: no bookmarks
};

BERTH_DECL auto details_of(object::object_ref const& ref) -> error_details;

} // namespace detail

/// Answers requests from an API server. Safe to call from several threads at once. The API server must
/// outlive it, and the streams that it gave.
class service {
public:
    service(api::server& api, service_options options);

    [[nodiscard]] auto about_itself() -> documents& { return documents_; }

    /// The answer to a request. Never throws for what a client did wrong.
    auto operator()(request const& q) -> answer;

    /// Appends what was asked, and how many objects are stored of each kind (`apiserver_storage_objects`), in
    /// the Prometheus text format.
    auto append_metrics(std::string& out) const -> void;

private:
    using warnings = std::vector<std::string>;

    auto reply(request const& q) -> answer;

    /// Who sends a request with an `Authorization` header, by its token; null if nobody knows it. Errors:
    /// `unauthorized`; those of looking the bearer up.
    auto identify(request const& q, std::string_view token) const -> result<std::shared_ptr<identity const>>;
    /// The answer to whoever that is, and who it is.
    auto reply_to_bearer(request q, std::shared_ptr<identity const>& who) -> answer;
    auto sender_of(request const& q) -> std::shared_ptr<identity const> {
        return q.who ? q.who : agents_.find(q.user_agent);
    }

    /// A rendered object with the warnings that its writer shall see.
    static auto render_written(view const& v, object::object_ref const& ref, unsigned status,
                               warnings const& notes) -> result<answer>;
    static auto render_written(view const& v, written const& done) -> result<answer> {
        return render_written(v, done.object, done.created ? 201 : 200, done.warnings);
    }

    auto perform(request const& q, operation const& op, view const& v) -> result<answer>;
    /// What is answered to a request for objects.
    auto reply(request const& q, operation const& op) -> answer;
    /// The same for a write: where admission may have to wait for somebody, others are answered meanwhile.
    auto reply_to_write(request const& q, operation const& op) -> answer;
    /// The same for all, counted.
    auto counted_reply(request const& q, operation const& op) -> answer;

    /// A client for whoever sent a request.
    auto client_of(request const& q) -> local_client { return {api_, sender_of(q)}; }

    /// One write for whoever sent a request; `notes` are told before the server's own warnings.
    auto commit(request const& q, write w, warnings notes = {}) -> result<written>;

    auto get(request const& q, operation const& op, view const& v) -> result<answer>;

    /// Opens a stream between the one who asks and an object.
    auto connect(request const& q, operation const& op, stream_subresource const& s) -> result<answer>;

    auto list(request const& q, operation const& op, view const& v) -> result<answer>;

    auto watch(request const& q, operation const& op, view const& v) -> result<answer>;

    /// An object in the body of a request, as strictly as the request asks; what is doubtful is told.
    auto read_object(request const& q, registry const& known, object::type_info const& type,
                     std::string_view wanted, write_options& options, std::string_view options_kind,
                     warnings& notes) -> result<object::draft>;

    auto create(request const& q, operation const& op, view const& v) -> result<answer>;

    /// Posts a body to an action, or opens a stream.
    auto post(request const& q, operation const& op, view const& v) -> result<answer>;

    auto update(request const& q, operation const& op, view const& v) -> result<answer>;

    auto patch(request const& q, operation const& op, view const& v) -> result<answer>;
    auto apply(request const& q, operation const& op, view const& v) -> result<answer>;

    auto read_deletion(request const& q) -> result<delete_options>;

    auto remove(request const& q, operation const& op, view const& v) -> result<answer>;

    auto remove_collection(request const& q, operation const& op, view const& v) -> result<answer>;

    auto log(request const& q, operation const& op) -> result<answer>;

    /// A watch under way.
    struct open_watch {
        open_watch(api::server& a, watcher w, event_writer e, detail::watch_clock c)
            : desk(a), events(std::move(w)), writer(std::move(e)), clock(c) {}

        auto pull(std::string& out, std::size_t enough, std::uint64_t elapsed) -> stream_state;

        /// Whether the kind is served as it was when the watch began. Who watches one that is not must list
        /// again.
        [[nodiscard]] auto is_served() const -> bool;

        /// There is nothing to tell: perhaps it is time for a bookmark, or to end.
        auto rest(std::string& out, std::uint64_t elapsed) -> stream_state;

        api::server& desk;
        watcher events;
        event_writer writer;
        detail::watch_clock clock;
    };

    api::server& api_;
    service_options options_;
    protobuf_reader protobuf_;
    documents documents_;
    known_agents agents_;
    std::shared_ptr<text_cache> texts_;
    request_figures figures_;
    std::atomic<std::uint64_t> serial_{0};
};

} // namespace berth::api::http

#if !defined(BERTH_SEPARATE_COMPILATION)
#include <berth/api/http/service.ipp>
#endif
