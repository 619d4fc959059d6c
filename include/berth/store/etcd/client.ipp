#pragma once

/// \file
/// The bodies of `berth/store/etcd/client.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/client.hpp>

#include <algorithm>

namespace berth::store::detail {

BERTH_DECL auto etcd_client::deadline() const -> net::instant { return net::steady_clock::now() + patience_; }

BERTH_DECL auto etcd_client::ask(effect kind, std::string_view method, std::string_view message) -> answer {
    auto job = task{.kind = kind, .method = method, .message = message, .deadline = deadline()};
    run(job);
    return std::move(job.outcome);
}

BERTH_DECL auto etcd_client::ask(effect kind, std::span<etcd_call const> calls) -> std::vector<answer> {
    auto out = std::vector<answer>{};
    out.reserve(calls.size());
    auto const until = deadline();
    for (auto const& call : calls) {
        auto job = task{.kind = kind, .method = call.method, .message = call.message, .deadline = until};
        run(job);
        out.push_back(std::move(job.outcome));
        if (job.is_settled) continue;
        out.resize(calls.size(), unreachable(job.why));
        break;
    }
    return out;
}

BERTH_DECL auto etcd_client::run(task& job) -> void {
    job.tried.resize(pool.size());
    job.attempts_left = std::max<std::size_t>(pool.size(), job.kind == effect::read ? 2 : 1);
    job.outcome = unreachable("there was no time");
    while (attempt(job)) {}
}

BERTH_DECL auto etcd_client::stream(std::size_t member, std::string_view method, std::string_view message,
                                    net::instant until) -> result<connections::handle> {
    for (auto renewed = false;; renewed = true) {
        auto [c, why] = pool.open(member, until);
        if (!c) return unreachable(pool.url(member) + ": " + why);
        auto const key = token();
        auto const request = grpc_request{
            .method = method, .message = message, .token = key, .goes_on = true, .needs_leader = true};
        if (c->open_stream(request, until)) return std::move(c);
        if (!c->status()) {
            auto const& broken = c->why_ended();
            return unreachable(pool.url(member) + ": " +
                               (broken.empty() ? "no answer came in time" : broken));
        }
        auto refused = meaning_of(c->status()->code, c->status()->message);
        if (refused.then != remedy::authenticate || renewed || !renew(member, key, until))
            return std::unexpected(std::move(refused.why));
    }
}

BERTH_DECL auto etcd_client::is_alive(std::size_t member, net::instant until) -> bool {
    auto const said = call_at(member, {.method = rpc::status}, until);
    return said.status.has_value(); // whatever it says
}

BERTH_DECL auto etcd_client::get_version(std::size_t member, net::instant until) -> result<std::string> {
    auto const key = token();
    auto const said = call_at(member, {.method = rpc::status, .token = key}, until);
    if (!said.status) return unreachable(pool.url(member) + ": " + said.why);
    if (said.status->code != 0)
        return std::unexpected(meaning_of(said.status->code, said.status->message).why);
    return decode_version(said.message);
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
    auto got = ask(effect::read, rpc::authenticate, credentials());
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
        job.outcome = unreachable(job.why);
        pool.failed(member);
        return true;
    }
    auto const key = token();
    auto const request = grpc_request{.method = job.method, .message = job.message, .token = key};
    auto said = c->call(request, job.kind == effect::read ? until : job.deadline);
    pool.give_back(member, std::move(c));
    return settle(job, member, std::move(said), key);
}

BERTH_DECL auto etcd_client::settle(task& job, std::size_t member, grpc_outcome said, std::string const& key)
    -> bool {
    if (!said.status) {
        pool.failed(member);
        job.why = pool.url(member) + ": " + said.why;
        auto const is_lost = job.kind == effect::write && said.sent;
        job.outcome = is_lost ? lost(job.why) : unreachable(job.why);
        return !is_lost;
    }
    if (said.status->code == 0) {
        job.outcome = std::move(said.message);
        job.is_settled = true;
        return false;
    }
    auto refused = meaning_of(said.status->code, said.status->message);
    if (better_elsewhere(job, member, refused, key)) return true;
    auto const is_unknown = refused.why.code == error_code::timeout;
    if (is_unknown && job.kind == effect::read) refused.why.code = error_code::unavailable;
    job.is_settled = !is_unknown;
    job.why = pool.url(member) + ": " + refused.why.message;
    job.outcome = std::unexpected(std::move(refused.why));
    return false;
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
    job.outcome = unreachable(job.why);
    return true;
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

BERTH_DECL auto etcd_client::call_at(std::size_t member, grpc_request const& request, net::instant until)
    -> grpc_outcome {
    auto [c, why] = pool.take(member, until);
    if (!c) return {.status = {}, .message = {}, .sent = false, .why = std::move(why)};
    auto said = c->call(request, until);
    pool.give_back(member, std::move(c));
    return said;
}

BERTH_DECL auto etcd_client::credentials() const -> std::string {
    using number = field::authenticate_request;
    auto out = std::string{};
    auto to = message_writer{out};
    to.bytes(number::name, user_);
    to.bytes(number::password, password_);
    return out;
}

BERTH_DECL auto etcd_client::token() -> std::string {
    auto const lock = std::scoped_lock(mutex_);
    return token_;
}

BERTH_DECL auto etcd_client::set_token(std::string_view message) -> result<void> {
    auto got = decode_token(message);
    if (!got) return std::unexpected(std::move(got.error()));
    auto const lock = std::scoped_lock(mutex_);
    token_ = std::move(*got);
    return {};
}

BERTH_DECL auto etcd_client::renew(std::size_t member, std::string const& old, net::instant until) -> bool {
    if (token() != old) return true;
    auto const asked = credentials();
    auto const said = call_at(member, {.method = rpc::authenticate, .message = asked}, until);
    return said.status && said.status->code == 0 && set_token(said.message).has_value();
}

} // namespace berth::store::detail
