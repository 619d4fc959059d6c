#pragma once

/// \file
/// One link of admission and the world that it may look at.

#include "vocabulary.hpp"

#include <berth/api/admission.hpp>

#include <catch2/catch_test_macros.hpp>

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace test {

/// Objects by their keys, and requests to create, change and delete others.
class admission_desk {
public:
    using operation = api::admission_request::operation;

    template <object::kind_type T> auto knows(T const& o) -> admission_desk& {
        there_.push_back({object::any_object(o), 1});
        return *this;
    }

    /// Creates an object, which the link may change. Answers what it says.
    template <object::kind_type T> auto create(api::admission const& link, T& o) -> result<void> {
        return write(link, operation::create, o, {});
    }
    template <object::kind_type T> auto update(api::admission const& link, T& o, T const& before)
        -> result<void> {
        return write(link, operation::update, o, object::any_object(before));
    }
    template <object::kind_type T> auto remove(api::admission const& link, T const& o) -> result<void> {
        auto const k = api::kind(api::kind_of<T>{});
        auto r = api::admission_request{operation::remove,
                                        k,
                                        o.metadata.namespace_,
                                        o.metadata.name,
                                        {},
                                        nullptr,
                                        object::any_object(o),
                                        false,
                                        warnings_,
                                        who_};
        return link.validate ? link.validate(r, world()) : result<void>();
    }

    /// The object of that name in namespace `t`, as it is now.
    template <object::kind_type T> auto find(std::string const& name) const -> T {
        for (auto const& ref : there_)
            if (ref.object.type().resource == &T::resource && ref->metadata().name == name)
                return ref.object.as<T>();
        return {};
    }

    /// So often somebody else writes the object just before its status is written.
    auto lose_races(std::string name, int often) -> void {
        raced_ = std::move(name);
        races_ = often;
    }

    /// What those who asked were told, in all requests.
    [[nodiscard]] auto warnings() const -> std::vector<std::string> const& { return warnings_; }

private:
    auto write_status(object::any_object o, object::revision seen) -> result<object::revision> {
        for (auto& ref : there_) {
            if (ref.object.type().resource != o.type().resource ||
                ref->metadata().where() != o.metadata().where())
                continue;
            if (ref->metadata().name == raced_ && races_-- > 0) ++ref.rev;
            if (ref.rev != seen) return api::modified(o.resource(), o.metadata().name);
            ref = {std::move(o), seen + 1};
            return seen + 1;
        }
        return api::not_found(o.resource(), o.metadata().name);
    }
    template <object::kind_type T>
    auto write(api::admission const& link, operation op, T& o, object::any_object before) -> result<void> {
        auto const k = api::kind(api::kind_of<T>{});
        auto d = object::draft(T(o));
        auto r = api::admission_request{
            op, k, o.metadata.namespace_, o.metadata.name, {}, &d, std::move(before), false, warnings_, who_};
        auto done = link.mutate ? link.mutate(r, world()) : result<void>();
        if (done && link.validate) done = link.validate(r, world());
        o = d.as<T>();
        return done;
    }
    auto world() -> api::admission_world {
        auto out = api::admission_world{};
        out.find = [this](object::resource_name const& r,
                          object::key const& k) -> result<object::any_object> {
            for (auto const& ref : there_)
                if (ref.object.type().resource == &r && ref.object.metadata().where() == k) return ref.object;
            return api::not_found(r, k.name);
        };
        out.list = [this](object::resource_name const& r) -> result<std::vector<object::object_ref>> {
            auto found = std::vector<object::object_ref>();
            for (auto const& ref : there_)
                if (ref.object.type().resource == &r) found.push_back(ref);
            return found;
        };
        out.write_status = [this](object::any_object o, object::revision seen) {
            return write_status(std::move(o), seen);
        };
        out.now = new_year;
        return out;
    }

    std::string raced_;
    int races_ = 0;
    std::vector<object::object_ref> there_;
    std::vector<std::string> warnings_;
    api::identity who_ = api::anonymous_identity();
};

} // namespace test
