#pragma once

/// \file
/// The bodies of `berth/store/etcd/decode.hpp`.

#include <berth/core/config.hpp>
#include <berth/store/etcd/decode.hpp>

namespace berth::store::detail {

BERTH_DECL auto read_pair(json_fields const& f) -> wire_pair {
    return {.key = f.bytes("key"),
            .value = f.bytes("value"),
            .numbers = {.mod = f.number("mod_revision"),
                        .create = f.number("create_revision"),
                        .version = f.number("version"),
                        .lease = f.number("lease")}};
}

BERTH_DECL auto read_revision(json_fields const& f) -> revision_number {
    auto out = revision_number{0};
    f.inside("header", [&](json_fields const& header) { out = header.number("revision"); });
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

BERTH_DECL auto read_range(json_fields const& f) -> wire_range {
    auto out = wire_range{.pairs = {}, .count = f.number("count"), .more = f.boolean("more")};
    out.revision = read_revision(f);
    f.each("kvs", [&](auto const& kv) { out.pairs.push_back(read_pair({kv, "kvs"})); });
    return out;
}

BERTH_DECL auto decode_range(std::string_view text) -> result<wire_range> {
    return read_json(text, "a range", [](json_fields const& f) { return read_range(f); });
}

BERTH_DECL auto decode_revision(std::string_view text) -> result<revision_number> {
    return read_json(text, "a request", [](json_fields const& f) { return read_revision(f); });
}

BERTH_DECL auto decode_grant(std::string_view text) -> result<lease_grant> {
    return read_json(text, "a grant of a lease", [](json_fields const& f) {
        return lease_grant{.id = f.number("ID"), .ttl = f.number("TTL")};
    });
}

BERTH_DECL auto decode_keep_alive(std::string_view text) -> result<lease_grant> {
    auto refused = refusal{};
    auto out = read_json(text, "a keep-alive", [&](json_fields const& f) {
        auto grant = lease_grant{};
        f.inside("error", [&](json_fields const& e) { refused = read_refusal(e); });
        f.inside("result", [&](json_fields const& r) { grant = {r.number("ID"), r.number("TTL")}; });
        return grant;
    });
    if (!out) return out;
    if (!refused.why.message.empty()) return std::unexpected(std::move(refused.why));
    if (out->ttl <= 0) return errors::lease_not_found();
    return out;
}

BERTH_DECL auto decode_lease_status(std::string_view text) -> result<lease_status> {
    auto out = read_json(text, "a look at a lease", [](json_fields const& f) {
        auto status = lease_status{
            .id = f.number("ID"), .granted_ttl = f.number("grantedTTL"), .ttl = f.number("TTL"), .keys = {}};
        f.each("keys", [&](auto const& key) {
            if (!key.is_string()) complain("keys", "no list of texts");
            auto bytes = base64_decode({key.get_string().data(), key.get_string().size()});
            if (!bytes) complain("keys", "no list of base64");
            status.keys.push_back(std::move(*bytes));
        });
        return status;
    });
    if (!out) return out;
    if (out->ttl < 0) return errors::lease_not_found();
    std::sort(out->keys.begin(), out->keys.end());
    return out;
}

BERTH_DECL auto decode_leases(std::string_view text) -> result<std::vector<lease_id>> {
    return read_json(text, "a list of leases", [](json_fields const& f) {
        auto out = std::vector<lease_id>{};
        f.each("leases", [&](auto const& l) { out.push_back(json_fields{l, "leases"}.number("ID")); });
        std::sort(out.begin(), out.end());
        return out;
    });
}

BERTH_DECL auto decode_token(std::string_view text) -> result<std::string> {
    return read_json(text, "an authentication", [](json_fields const& f) {
        auto token = std::string{f.text("token")};
        if (token.empty()) complain("token", "missing");
        if (token.find_first_of("\r\n") != std::string::npos) complain("token", "no header");
        return token;
    });
}

BERTH_DECL auto decode_version(std::string_view text) -> result<std::string> {
    return read_json(text, "a look at its version",
                     [](json_fields const& f) { return std::string{f.text("etcdserver")}; });
}

} // namespace berth::store::detail
