#pragma once

/// \file
/// A world of accounts and what their tokens are bound to, and an authority with a key that is as good as any
/// for tests: its signatures are digests, and the same each time.

#include "../vocabulary.hpp"

#include <berth/api/admission_world.hpp>
#include <berth/api/errors.hpp>
#include <berth/core/sha256.hpp>
#include <berth/kube/authentication/token_authority.hpp>
#include <berth/kube/core/secret/type.hpp>
#include <berth/kube/core/service_account/type.hpp>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace test {

class make_account : public maker<make_account, kube::service_account> {
public:
    using maker::maker;
};

class make_secret : public maker<make_secret, kube::secret> {
public:
    using maker::maker;
    /// Made for tokens of an account.
    auto of(std::string account) -> make_secret& {
        value_.type = "kubernetes.io/service-account-token";
        return annotation("kubernetes.io/service-account.name", std::move(account));
    }
    auto data(std::string key, std::string value) -> make_secret& {
        return with([&](kube::secret& s) { s.data[key].data = std::move(value); });
    }
};

/// A key by its name.
inline auto digest_signer(std::string name = "key") -> credentials::signer {
    auto const sign = [name](std::string_view bytes) {
        auto const digest = sha256(name + ":" + std::string(bytes));
        return std::string(digest.begin(), digest.end());
    };
    return {.algorithm = "D256",
            .key_id = name,
            .jwk = "{}",
            .sign = [sign](std::string_view bytes) -> result<std::string> { return sign(bytes); },
            .verify = [sign](std::string_view bytes, std::string_view s) { return sign(bytes) == s; }};
}

inline auto digest_authority(std::string key = "key", kube::token_authority_options options = {})
    -> kube::token_authority {
    return kube::token_authority(digest_signer(std::move(key)), std::move(options));
}

/// Objects that can be looked up.
class token_desk {
public:
    template <class Maker> auto knows(Maker const& m) -> token_desk& {
        there_.emplace_back(m.done());
        return *this;
    }
    /// Nothing can be looked up any more.
    auto breaks() -> void { broken_ = true; }

    [[nodiscard]] auto world(time_point now = new_year) const -> api::admission_world {
        auto out = api::admission_world{};
        out.now = now;
        out.find = [this](object::resource_name const& r,
                          object::key const& k) -> result<object::any_object> {
            if (broken_) return fail(error_code::unavailable, "the store is away");
            for (auto const& o : there_)
                if (o.type().resource == &r && o.metadata().where() == k) return o;
            return api::not_found(r, k.name);
        };
        return out;
    }

private:
    std::vector<object::any_object> there_;
    bool broken_ = false;
};

} // namespace test
