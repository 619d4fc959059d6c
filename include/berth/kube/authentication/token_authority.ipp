#pragma once

/// \file
/// The bodies of `berth/kube/authentication/token_authority.hpp`.

#include <berth/core/assert.hpp>
#include <berth/core/base64url.hpp>
#include <berth/core/config.hpp>
#include <berth/kube/authentication/token_authority.hpp>
#include <berth/object/encode.hpp>
#include <berth/object/parse.hpp>

#include <mutex>
#include <unordered_map>
#include <utility>

namespace berth::kube::detail {

/// The three parts of a token, still encoded.
struct token_parts {
    std::string_view header;
    std::string_view claims;
    std::string_view signature;
    std::string_view signed_text; ///< the header and the claims
};

inline auto parts_of_token(std::string_view token) -> std::optional<token_parts> {
    auto const first = token.find('.');
    auto const second = first == std::string_view::npos ? first : token.find('.', first + 1);
    if (second == std::string_view::npos || token.find('.', second + 1) != std::string_view::npos)
        return std::nullopt;
    return token_parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
                       token.substr(second + 1), token.substr(0, second)};
}

/// The algorithm that a token's header names; empty if it is no header.
inline auto algorithm_in(std::string_view encoded) -> std::string {
    auto const json = base64url_decode(encoded);
    auto const document = json ? object::parse_document(*json) : std::unexpected(json.error());
    auto const* const header = document ? document->value.if_object() : nullptr;
    auto const* const named = header == nullptr ? nullptr : header->if_contains("alg");
    return named != nullptr && named->is_string() ? std::string(named->get_string()) : std::string();
}

inline auto refused_token(std::string why) -> std::unexpected<error> {
    return fail(error_code::unauthorized, std::move(why));
}

/// Tokens whose signatures were found good, and what they say.
class known_tokens {
public:
    auto find(std::string_view token) -> std::optional<token_claims> {
        auto const lock = std::scoped_lock(mutex_);
        auto const at = claims_.find(std::string(token));
        return at == claims_.end() ? std::nullopt : std::optional(at->second);
    }
    auto add(std::string_view token, token_claims const& claims) -> void {
        auto const lock = std::scoped_lock(mutex_);
        if (claims_.size() >= most) claims_.clear();
        claims_.emplace(token, claims);
    }

private:
    static constexpr std::size_t most = 1024;

    std::mutex mutex_;
    std::unordered_map<std::string, token_claims> claims_;
};

} // namespace berth::kube::detail

namespace berth::kube {

struct token_authority::state {
    state(credentials::signer k, token_authority_options o)
        : key(std::move(k)), options(std::move(o)), draw(options.seed) {
        if (options.audiences.empty()) options.audiences = {options.issuer};
    }

    credentials::signer key;
    token_authority_options options;
    std::mutex mutex; // of `draw`
    random_engine draw;
    detail::known_tokens known;
};

BERTH_DECL token_authority::token_authority(credentials::signer key, token_authority_options options)
    : state_(std::make_shared<state>(std::move(key), std::move(options))) {}

BERTH_DECL auto token_authority::options() const -> token_authority_options const& {
    BERTH_ASSERT(state_ != nullptr, "token_authority: options are those of one that has a key");
    return state_->options;
}

BERTH_DECL auto token_authority::key() const -> credentials::signer const& {
    BERTH_ASSERT(state_ != nullptr, "token_authority: it must have a key");
    return state_->key;
}

BERTH_DECL auto token_authority::issue(token_claims claims) const -> result<std::string> {
    if (!state_)
        return fail(error_code::unavailable, "this server issues no tokens: it was started without a key to "
                                             "sign them with");
    if (claims.issuer.empty())
        claims.issuer = claims.kept_in.empty() ? state_->options.issuer : std::string(kept_token_issuer);
    auto header = std::string(R"({"alg":)");
    object::append_json_string(header, state_->key.algorithm);
    header += R"(,"kid":)";
    object::append_json_string(header, state_->key.key_id);
    header += '}';
    auto out = base64url_encode(header) + "." + base64url_encode(claims_text(claims));
    auto const signature = state_->key.sign(out);
    if (!signature) return std::unexpected(signature.error());
    return out + "." + base64url_encode(*signature);
}

BERTH_DECL auto token_authority::new_id() const -> std::string {
    if (!state_) return {};
    auto const lock = std::scoped_lock(state_->mutex);
    return state_->draw.uuid();
}

BERTH_DECL auto token_authority::read(std::string_view token) const -> result<std::optional<token_claims>> {
    if (!state_) return std::nullopt;
    if (auto known = state_->known.find(token)) return known;
    auto const parts = detail::parts_of_token(token);
    if (!parts) return std::nullopt;
    auto const json = base64url_decode(parts->claims);
    auto claims = json ? read_claims(*json) : std::unexpected(json.error());
    if (!claims || (claims->issuer != state_->options.issuer && claims->issuer != kept_token_issuer))
        return std::nullopt;
    auto const algorithm = detail::algorithm_in(parts->header);
    if (algorithm.empty()) return detail::refused_token(std::string(unknown_token));
    auto const signature = base64url_decode(parts->signature);
    if (algorithm != state_->key.algorithm || !signature ||
        !state_->key.verify(parts->signed_text, *signature))
        return detail::refused_token("go-jose/go-jose: error in cryptographic primitive");
    state_->known.add(token, *claims);
    return *std::move(claims);
}

} // namespace berth::kube
