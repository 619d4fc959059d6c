#pragma once

/// \file
/// The bodies of `berth/store/etcd/client.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/client.hpp>

namespace berth::store::detail {

BERTH_DECL auto etcd_client::deadline() const -> net::instant { return net::steady_clock::now() + patience_; }

BERTH_DECL auto etcd_client::ask(effect kind, std::string_view path, std::string body) -> answer {
    auto const call = etcd_call{path, std::move(body)};
    return std::move(ask(kind, std::span{&call, 1}).front());
}

BERTH_DECL auto etcd_client::ask(effect kind, std::span<etcd_call const> calls) -> std::vector<answer> {
    auto job = task{.kind = kind, .calls = calls, .answers = {}, .deadline = deadline()};
    job.tried.resize(pool.size());
    job.attempts_left = std::max<std::size_t>(pool.size(), kind == effect::read ? 2 : 1);
    while (job.answers.size() < calls.size() && attempt(job)) {}
    while (job.answers.size() < calls.size()) job.answers.emplace_back(unreachable(job.why));
    return std::move(job.answers);
}

BERTH_DECL auto etcd_client::stream(std::size_t member, std::string_view path, std::string const& body,
                                    net::instant until) -> result<net::pool::handle> {
    for (auto renewed = false;; renewed = true) {
        auto [c, why] = pool.open(member, until);
        if (!c) return unreachable(pool.url(member) + ": " + why);
        auto const key = token();
        auto const opened = c->open_stream(request_text(*c, {path, body}, key, "POST"), until);
        if (!opened.answer) return unreachable(pool.url(member) + ": " + opened.why);
        if (opened.answer->status == 200) return std::move(c);
        auto refused = refusal_of(opened.answer->status, opened.answer->body);
        if (refused.then != remedy::authenticate || renewed || !renew(member, key, until))
            return std::unexpected(std::move(refused.why));
    }
}

BERTH_DECL auto etcd_client::is_alive(std::size_t member, net::instant until) -> bool {
    return get_version(member, until).has_value();
}

BERTH_DECL auto etcd_client::get_version(std::size_t member, net::instant until) -> result<std::string> {
    auto [c, why] = pool.take(member, until);
    if (!c) return unreachable(pool.url(member) + ": " + why);
    auto const request = request_text(*c, {"/version", {}}, {}, "GET");
    auto const done = c->exchange(std::span{&request, 1}, until);
    pool.give_back(member, std::move(c));
    if (!done[0].answer) return unreachable(pool.url(member) + ": " + done[0].why);
    return decode_version(done[0].answer->body);
}

BERTH_DECL auto etcd_client::version() -> result<std::string> {
    auto const until = deadline();
    auto tried = std::vector<bool>(pool.size());
    auto out = result<std::string>{};
    for (auto left = pool.size(); left > 0; --left) {
        auto const member = *pool.choose(tried);
        tried[member] = true;
        auto const now = net::steady_clock::now();
        out = get_version(member, now + (until - now) / static_cast<int>(left));
        if (out) return out;
    }
    return out;
}

BERTH_DECL auto etcd_client::renew_token(std::size_t member, net::instant until) -> bool {
    return !user_.empty() && renew(member, token(), until);
}

BERTH_DECL auto etcd_client::log_in() -> result<void> {
    if (user_.empty()) return {};
    auto got = ask(effect::read, "/v3/auth/authenticate", credentials());
    if (!got) return std::unexpected(std::move(got.error()));
    return set_token(*got);
}

BERTH_DECL auto etcd_client::unreachable(std::string const& why) -> std::unexpected<error> {
    return fail(error_code::unavailable, "etcd cannot be reached: " + why);
}

BERTH_DECL auto etcd_client::attempt(task& job) -> bool {
    if (job.attempts_left == 0 || net::steady_clock::now() >= job.deadline) return false;
    --job.attempts_left;
    if (std::ranges::all_of(job.tried, [](bool t) { return t; })) job.tried.assign(pool.size(), false);
    auto const member = *pool.choose(job.tried);
    job.tried[member] = true;
    auto const until = share_of(job);
    auto [c, why] = pool.take(member, until);
    if (!c) {
        job.why = pool.url(member) + ": " + why;
        pool.failed(member);
        return true;
    }
    auto const key = token();
    auto requests = std::vector<std::string>{};
    for (auto const& call : job.calls.subspan(job.answers.size()))
        requests.push_back(request_text(*c, call, key, "POST"));
    auto const outcomes = c->exchange(requests, job.kind == effect::read ? until : job.deadline);
    pool.give_back(member, std::move(c));
    return settle(job, member, outcomes, key);
}

BERTH_DECL auto etcd_client::settle(task& job, std::size_t member, std::vector<net::outcome> const& outcomes,
                                    std::string const& key) -> bool {
    for (auto rest = std::span{outcomes}; !rest.empty(); rest = rest.subspan(1)) {
        auto const& o = rest.front();
        if (!o.answer) {
            pool.failed(member);
            job.why = pool.url(member) + ": " + o.why;
            if (job.kind == effect::read) return true;
            if (!o.sent) return !has_lost(job);
            job.answers.emplace_back(lost(job.why));
        } else if (o.answer->status == 200) {
            job.answers.emplace_back(o.answer->body);
        } else {
            auto refused = refusal_of(o.answer->status, o.answer->body);
            auto const may_repeat = job.kind == effect::read || (is_undone(rest) && !has_lost(job));
            if (may_repeat && better_elsewhere(job, member, refused, key)) return true;
            if (refused.why.code == error_code::timeout && job.kind == effect::read)
                refused.why.code = error_code::unavailable;
            job.answers.emplace_back(std::unexpected(std::move(refused.why)));
        }
    }
    return true;
}

BERTH_DECL auto etcd_client::better_elsewhere(task& job, std::size_t member, refusal const& refused,
                                              std::string const& key) -> bool {
    if (refused.then == remedy::authenticate) {
        if (job.renewed || user_.empty()) return false;
        job.renewed = true;
        ++job.attempts_left;
        job.tried[member] = false;
        return renew(member, key, job.deadline);
    }
    auto const worth_it =
        refused.then == remedy::elsewhere || (refused.then == remedy::unknown && job.kind == effect::read);
    if (!worth_it || job.attempts_left == 0) return false;
    pool.failed(member);
    job.why = pool.url(member) + ": " + refused.why.message;
    return true;
}

BERTH_DECL auto etcd_client::is_undone(std::span<net::outcome const> sent) -> bool {
    return std::ranges::all_of(sent, [](net::outcome const& o) {
        if (!o.answer) return !o.sent;
        if (o.answer->status == 200) return false;
        auto const then = refusal_of(o.answer->status, o.answer->body).then;
        return then == remedy::elsewhere || then == remedy::authenticate;
    });
}

BERTH_DECL auto etcd_client::has_lost(task const& job) -> bool {
    return std::ranges::any_of(job.answers,
                               [](answer const& a) { return !a && a.error().code == error_code::timeout; });
}

BERTH_DECL auto etcd_client::lost(std::string const& why) -> std::unexpected<error> {
    return fail(error_code::timeout,
                "etcd's answer was lost, and whether the write was done is unknown: " + why);
}

BERTH_DECL auto etcd_client::share_of(task const& job) -> net::instant {
    auto const now = net::steady_clock::now();
    auto const left = static_cast<int>(job.attempts_left) + 1;
    return now + (job.deadline - now) / left;
}

BERTH_DECL auto etcd_client::credentials() const -> std::string {
    auto out = std::string{};
    out += R"({"name":)" + boost::json::serialize(boost::json::string_view{user_});
    return out += R"(,"password":)" + boost::json::serialize(boost::json::string_view{password_}) + "}";
}

BERTH_DECL auto etcd_client::token() -> std::string {
    auto const lock = std::scoped_lock(mutex_);
    return token_;
}

BERTH_DECL auto etcd_client::set_token(std::string_view body) -> result<void> {
    auto got = decode_token(body);
    if (!got) return std::unexpected(std::move(got.error()));
    auto const lock = std::scoped_lock(mutex_);
    token_ = std::move(*got);
    return {};
}

BERTH_DECL auto etcd_client::renew(std::size_t member, std::string const& old, net::instant until) -> bool {
    if (token() != old) return true;
    auto [c, why] = pool.take(member, until);
    if (!c) return false;
    auto const request = request_text(*c, {"/v3/auth/authenticate", credentials()}, {}, "POST");
    auto const done = c->exchange(std::span{&request, 1}, until);
    pool.give_back(member, std::move(c));
    return done[0].answer && done[0].answer->status == 200 && set_token(done[0].answer->body).has_value();
}

BERTH_DECL auto etcd_client::request_text(net::connection const& c, etcd_call const& call,
                                          std::string_view key, std::string_view method) -> std::string {
    auto out = std::string{};
    out.reserve(call.body.size() + 256);
    out.append(method).append(" ").append(call.path).append(" HTTP/1.1\r\nHost: ");
    out.append(c.where().authority).append("\r\n");
    if (!key.empty()) out.append("Authorization: ").append(key).append("\r\n");
    if (call.path == "/v3/watch") out.append("Grpc-Metadata-hasleader: true\r\n");
    if (method != "GET") {
        out.append("Content-Type: application/json\r\nContent-Length: ");
        out.append(std::to_string(call.body.size())).append("\r\n");
    }
    return out.append("\r\n").append(call.body);
}

} // namespace berth::store::detail
