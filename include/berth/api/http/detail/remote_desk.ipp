#pragma once

/// \file
/// The bodies of `berth/api/http/detail/remote_desk.hpp`.

#include <berth/api/http/detail/remote_desk.hpp>
#include <berth/core/chrono.hpp>
#include <berth/core/config.hpp>

#include <utility>

namespace berth::api::http::detail {

BERTH_DECL remote_desk::remote_desk(shared_registry kinds, net::endpoint where,
                                    std::unique_ptr<net::tls_context> tls, remote_options options)
    : kinds_(std::move(kinds)),
      options_(std::move(options)),
      authority_(where.authority),
      pool_({std::move(where)}, std::move(tls), options_.max_connections) {}

/// What is asked at once, and what has been answered of it.
struct remote_desk::task {
    effect kind;
    std::vector<std::string> requests;
    std::vector<result<net::http_answer>> answers; ///< of those that are settled
    net::instant deadline;
    int attempts_left = 2;
    bool lost = false; ///< nobody knows what became of one of them
    std::string why{}; ///< the last failure
};

BERTH_DECL auto remote_desk::deadline() const -> net::instant {
    return net::steady_clock::now() + to_chrono(options_.deadline);
}

BERTH_DECL auto remote_desk::text_of(remote_request const& r) const -> std::string {
    auto out = std::string(r.method);
    out.append(" ").append(r.target).append(" HTTP/1.1\r\nHost: ").append(authority_);
    out.append("\r\nUser-Agent: ")
        .append(options_.user_agent)
        .append("\r\nAccept: ")
        .append(r.accept)
        .append("\r\n");
    if (!options_.token.empty()) out.append("Authorization: Bearer ").append(options_.token).append("\r\n");
    if (!r.body.empty()) out.append("Content-Type: ").append(r.body_type).append("\r\n");
    if (!r.body.empty() || r.method != "GET")
        out.append("Content-Length: ").append(std::to_string(r.body.size())).append("\r\n");
    return out.append("\r\n").append(r.body);
}

BERTH_DECL auto remote_desk::ask(effect kind, std::span<remote_request const> requests)
    -> std::vector<result<net::http_answer>> {
    auto job = task{.kind = kind, .requests = {}, .answers = {}, .deadline = deadline()};
    for (auto const& r : requests) job.requests.push_back(text_of(r));
    while (job.answers.size() < job.requests.size() && attempt(job)) {}
    while (job.answers.size() < job.requests.size())
        job.answers.emplace_back(
            fail(error_code::unavailable, options_.url + " cannot be reached: " + job.why));
    return std::move(job.answers);
}

/// Sends what is not settled. False if there is nothing more to try.
BERTH_DECL auto remote_desk::attempt(task& job) -> bool {
    if (job.attempts_left-- == 0) return false;
    auto [connection, why] = pool_.take(0, job.deadline);
    if (!connection) {
        job.why = std::move(why);
        return net::steady_clock::now() < job.deadline;
    }
    auto const rest = std::span(job.requests).subspan(job.answers.size());
    auto outcomes = connection->exchange(rest, job.deadline);
    pool_.give_back(0, std::move(connection));
    for (auto& o : outcomes) {
        if (o.answer) {
            job.answers.emplace_back(*std::move(o.answer));
            continue;
        }
        job.why = std::move(o.why);
        if (job.kind == effect::read || !o.sent) return !job.lost;
        job.lost = true;
        job.answers.emplace_back(
            fail(error_code::timeout,
                 "nobody knows whether it was done: " + options_.url + " does not answer: " + job.why));
    }
    return true;
}

BERTH_DECL auto remote_desk::read(remote_request const& request) -> result<boost::json::value> {
    auto answer = std::move(ask(effect::read, std::span(&request, 1)).front());
    if (!answer) return std::unexpected(std::move(answer).error());
    if (answer->status != 200) return std::unexpected(error_of(answer->status, answer->body));
    return json_of(answer->body);
}

BERTH_DECL auto remote_desk::open(remote_request const& request) -> result<net::pool::handle> {
    auto const until = deadline();
    auto [connection, why] = pool_.open(0, until);
    auto opened = connection ? connection->open_stream(text_of(request), until) : net::outcome{};
    if (!opened.answer)
        return fail(error_code::unavailable,
                    options_.url + " cannot be reached: " + (connection ? opened.why : why));
    if (opened.answer->status == 200) return std::move(connection);
    return std::unexpected(error_of(opened.answer->status, opened.answer->body));
}

BERTH_DECL auto remote_stream::next(remote_desk& desk) -> result<std::optional<watch_event>> {
    auto line = connection_->next_line(net::instant{});
    if (!line && !connection_->has_ended()) {
        ticket_.arm();
        return std::optional<watch_event>();
    }
    if (!line) return fail(error_code::unavailable, "the watch has ended: " + connection_->why_ended());
    auto const json = json_of(*line);
    if (!json) return std::unexpected(json.error());
    auto event = desk.reader().event_of(*of_, *json);
    if (!event) return std::unexpected(std::move(event).error());
    return std::optional(*std::move(event));
}

BERTH_DECL auto remote_stream::on_wake(waker w) -> void {
    woken_ = {};
    if (w != waker{}) woken_ = ticket_.ready().subscribe(w);
    ticket_.arm();
}

} // namespace berth::api::http::detail
