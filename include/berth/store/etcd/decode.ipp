#pragma once

/// \file
/// The bodies of `berth/store/etcd/decode.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/decode.hpp>

#include <algorithm>

namespace berth::store::detail {

BERTH_DECL auto read_pair(std::string_view message) -> wire_pair {
    using number = field::key_value;
    auto out = wire_pair{};
    each_field(message, [&](message_field const& f) {
        switch (f.number()) {
        case number::key: out.key = f.bytes("key"); break;
        case number::create_revision: out.numbers.create = f.integer("create_revision"); break;
        case number::mod_revision: out.numbers.mod = f.integer("mod_revision"); break;
        case number::version: out.numbers.version = f.integer("version"); break;
        case number::value: out.value = f.bytes("value"); break;
        case number::lease: out.numbers.lease = f.integer("lease"); break;
        default: break;
        }
    });
    return out;
}

BERTH_DECL auto read_header(std::string_view header) -> revision_number {
    auto out = revision_number{0};
    each_field(header, [&](message_field const& f) {
        if (f.number() == field::header_revision) out = f.integer("revision");
    });
    return out;
}

BERTH_DECL auto read_revision(std::string_view message) -> revision_number {
    auto out = revision_number{0};
    each_field(message, [&](message_field const& f) {
        if (f.number() == field::header) out = read_header(f.bytes("header"));
    });
    return out;
}

BERTH_DECL auto only_field(std::string_view message, std::uint32_t number, std::string_view name)
    -> std::string_view {
    auto out = std::string_view{};
    auto there = false;
    each_field(message, [&](message_field const& f) {
        if (f.number() != number) return;
        out = f.bytes(name);
        there = true;
    });
    if (!there) complain(name, "missing");
    return out;
}

BERTH_DECL auto sort_pairs(std::vector<wire_pair>& pairs, range_request const& asked) -> void {
    auto const by = [&](auto part) {
        sort_by(pairs, asked.order, part, [](wire_pair const& p) -> auto const& { return p.key; });
    };
    switch (asked.sort_by) {
    case sort_target::key: break;
    case sort_target::version: by([](wire_pair const& p) { return p.numbers.version; }); break;
    case sort_target::create: by([](wire_pair const& p) { return p.numbers.create; }); break;
    case sort_target::mod: by([](wire_pair const& p) { return p.numbers.mod; }); break;
    case sort_target::value: by([](wire_pair const& p) -> auto const& { return p.value; }); break;
    }
}

BERTH_DECL auto read_range(std::string_view message) -> wire_range {
    using number = field::range_response;
    auto out = wire_range{};
    each_field(message, [&](message_field const& f) {
        switch (f.number()) {
        case field::header: out.revision = read_header(f.bytes("header")); break;
        case number::kvs: out.pairs.push_back(read_pair(f.bytes("kvs"))); break;
        case number::more: out.more = f.boolean("more"); break;
        case number::count: out.count = f.integer("count"); break;
        default: break;
        }
    });
    return out;
}

BERTH_DECL auto decode_range(std::string_view message) -> result<wire_range> {
    return read_message(message, "a range", &read_range);
}

BERTH_DECL auto decode_revision(std::string_view message) -> result<revision_number> {
    return read_message(message, "a request", &read_revision);
}

/// Leases are told of in messages of one form.
inline auto read_lease(std::string_view message) -> lease_status {
    using number = field::lease_response;
    auto out = lease_status{};
    each_field(message, [&](message_field const& f) {
        switch (f.number()) {
        case number::id: out.id = f.integer("ID"); break;
        case number::ttl: out.ttl = f.integer("TTL"); break;
        case number::granted_ttl: out.granted_ttl = f.integer("grantedTTL"); break;
        case number::keys: out.keys.emplace_back(f.bytes("keys")); break;
        default: break;
        }
    });
    return out;
}

BERTH_DECL auto decode_grant(std::string_view message) -> result<lease_grant> {
    return read_message(message, "a grant of a lease", [](std::string_view m) {
        using number = field::lease_response;
        auto out = lease_grant{};
        each_field(m, [&](message_field const& f) {
            if (f.number() == number::id) out.id = f.integer("ID");
            else if (f.number() == number::ttl) out.ttl = f.integer("TTL");
        });
        return out;
    });
}

BERTH_DECL auto decode_keep_alive(std::string_view message) -> result<lease_grant> {
    auto const kept = read_message(message, "a keep-alive", &read_lease);
    if (!kept) return std::unexpected(kept.error());
    if (kept->ttl <= 0) return errors::lease_not_found();
    return lease_grant{.id = kept->id, .ttl = kept->ttl};
}

BERTH_DECL auto decode_lease_status(std::string_view message) -> result<lease_status> {
    auto out = read_message(message, "a look at a lease", &read_lease);
    if (!out) return out;
    if (out->ttl < 0) return errors::lease_not_found();
    std::sort(out->keys.begin(), out->keys.end());
    return out;
}

BERTH_DECL auto decode_leases(std::string_view message) -> result<std::vector<lease_id>> {
    return read_message(message, "a list of leases", [](std::string_view m) {
        auto out = std::vector<lease_id>{};
        each_field(m, [&](message_field const& lease) {
            if (lease.number() != field::lease_leases_response::leases) return;
            out.push_back(0);
            each_field(lease.bytes("leases"), [&](message_field const& f) {
                if (f.number() == field::lease_status::id) out.back() = f.integer("ID");
            });
        });
        std::sort(out.begin(), out.end());
        return out;
    });
}

BERTH_DECL auto decode_token(std::string_view message) -> result<std::string> {
    return read_message(message, "an authentication", [](std::string_view m) {
        auto const token = only_field(m, field::authenticate_response::token, "token");
        auto const is_visible = [](char c) { return c > ' ' && c <= '~'; };
        if (token.empty() || !std::ranges::all_of(token, is_visible)) complain("token", "no header");
        return std::string{token};
    });
}

BERTH_DECL auto decode_version(std::string_view message) -> result<std::string> {
    return read_message(message, "a look at its status", [](std::string_view m) {
        return std::string{only_field(m, field::status_response::version, "version")};
    });
}

} // namespace berth::store::detail
