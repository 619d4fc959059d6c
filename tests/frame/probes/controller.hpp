#pragma once

// A controller of one's own, with all of kube included.

#include <berth/kube.hpp>

#include "labeller.hpp"
